// The API's documentation page: Swagger UI over our own description of the API.

/** @type {any} */
const { SwaggerUIBundle } = window;
const element = /** @type {HTMLElement} */ (document.getElementById("docs"));

SwaggerUIBundle({
  domNode: element,
  url: element.dataset.schema,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // asks no other host
});
