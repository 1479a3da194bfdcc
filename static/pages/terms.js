// @ts-check
/** The card of the glossary's terms, on every page. */
import { termCard } from "../controls/page/term-card.js";

const card = document.getElementById("term-card");

if (card) {
  termCard(card, async () => {
    const answer = await fetch("/api/glossary");
    if (!answer.ok) throw new Error(`the glossary was answered with ${answer.status}`);
    return answer.json();
  });
}
