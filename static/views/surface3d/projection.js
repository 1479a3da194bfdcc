// Where a point of the 3-D scene lies on the screen, so that trails can be painted over it without asking WebGL to
// redraw (in software that takes a quarter of a second).
//
// Plotly keeps the matrices it draws with in a private place: scene.glplot.cameraParams = {model, view, projection}
// (column-major, as WebGL has them) and scene.dataScale, by which it multiplies the data first. Read there, they are
// exact at every moment of a rotation. Should a later Plotly hide them, the same matrix follows from what is public:
// the axes' ranges, the aspect ratio and the camera, which then lags a little while the scene is being turned.

/** @typedef {Float64Array | number[]} Matrix 16 numbers, column by column */

const FIELD_OF_VIEW = Math.PI / 4; // Plotly's, vertical
const NEAR = 0.01;
const FAR = 1000;

/** @param {Matrix} a @param {Matrix} b @returns {Float64Array} a b */
export function multiply(a, b) {
  const product = new Float64Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += a[4 * k + row] * b[4 * column + k];
      product[4 * column + row] = sum;
    }
  }
  return product;
}

/** @param {number} x @param {number} y @param {number} z @returns {number[]} */
const scaling = (x, y, z) => [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];

/**
 * From data to clip coordinates.
 * @param {any} graph Plotly's element
 * @param {number} width of the scene, pixels
 * @param {number} height
 * @returns {Float64Array | null} null while there is no scene
 */
export function sceneMatrix(graph, width, height) {
  const scene = graph._fullLayout?.scene;
  if (!scene) return null;
  return privateMatrix(scene._scene) ?? publicMatrix(scene, width / height);
}

/** @param {any} scene @returns {Float64Array | null} */
export function privateMatrix(scene) {
  const camera = scene?.glplot?.cameraParams;
  const scale = scene?.dataScale;
  if (!(camera?.model?.length === 16 && camera.view?.length === 16 && camera.projection?.length === 16 && scale?.length === 3)) return null;
  if (camera.model[15] !== 1) return null; // nothing drawn yet
  return multiply(multiply(camera.projection, camera.view), multiply(camera.model, scaling(scale[0], scale[1], scale[2])));
}

/**
 * @param {any} scene the layout's scene: axes with ranges, aspectratio, camera
 * @param {number} aspect width over height
 * @returns {Float64Array}
 */
export function publicMatrix(scene, aspect) {
  const model = scaling(0, 0, 0);
  for (const [k, name] of /** @type {[number, 'x' | 'y' | 'z'][]} */ ([[0, 'x'], [1, 'y'], [2, 'z']])) {
    const [low, high] = scene[`${name}axis`].range;
    model[5 * k] = scene.aspectratio[name] / (high - low);
    model[12 + k] = -model[5 * k] * 0.5 * (low + high);
  }
  const { eye, center, up } = scene.camera;
  return multiply(multiply(perspective(aspect), lookAt(eye, center, up)), model);
}

/** @param {number} aspect @returns {number[]} */
function perspective(aspect) {
  const f = 1 / Math.tan(FIELD_OF_VIEW / 2);
  const depth = 1 / (NEAR - FAR);
  return [f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (FAR + NEAR) * depth, -1, 0, 0, 2 * FAR * NEAR * depth, 0];
}

/** @typedef {{x: number, y: number, z: number}} Vector */

/** @param {Vector} eye @param {Vector} center @param {Vector} up @returns {number[]} */
function lookAt(eye, center, up) {
  const minus = (/** @type {Vector} */ a, /** @type {Vector} */ b) => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });
  const dot = (/** @type {Vector} */ a, /** @type {Vector} */ b) => a.x * b.x + a.y * b.y + a.z * b.z;
  const times = (/** @type {Vector} */ a, /** @type {Vector} */ b) => ({ x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x });
  const unit = (/** @type {Vector} */ a) => {
    const size = Math.hypot(a.x, a.y, a.z) || 1;
    return { x: a.x / size, y: a.y / size, z: a.z / size };
  };
  const back = unit(minus(eye, center));
  const right = unit(times(up, back));
  const above = times(back, right);
  return [
    right.x, above.x, back.x, 0,
    right.y, above.y, back.y, 0,
    right.z, above.z, back.z, 0,
    -dot(right, eye), -dot(above, eye), -dot(back, eye), 1,
  ];
}

/**
 * @param {Float64Array} m
 * @param {number} x @param {number} y @param {number} z
 * @param {number} width @param {number} height
 * @param {Float64Array} out pixels from the left, pixels from the top, depth from -1 (near) to 1
 * @param {number} [at] where to write in `out`
 */
export function toScreen(m, x, y, z, width, height, out, at = 0) {
  const w = m[3] * x + m[7] * y + m[11] * z + m[15];
  if (!(w > 0)) {
    out[at] = out[at + 1] = out[at + 2] = NaN; // behind the eye
    return;
  }
  out[at] = ((m[0] * x + m[4] * y + m[8] * z + m[12]) / w + 1) * 0.5 * width;
  out[at + 1] = (1 - (m[1] * x + m[5] * y + m[9] * z + m[13]) / w) * 0.5 * height;
  out[at + 2] = (m[2] * x + m[6] * y + m[10] * z + m[14]) / w;
}
