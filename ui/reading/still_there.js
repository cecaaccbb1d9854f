// The part of the reader that tells what became of its article. At each new generation it asks anew, and changes neither
// the text that is read nor its place.
//
// Gradio runs this behind `reader.js`, in the same function.

let seen = null; // the article and the text that are shown

function setSeen({ problem, article_id, content_hash, became = "" }) {
    seen = problem ? null : { article_id, content_hash };
    part("became").textContent = became;
}

function showChecked({ article_id, content_hash, became, removal }) {
    if (article_id !== seen?.article_id || content_hash !== seen.content_hash) return; // another one is shown by now
    part("became").textContent = became;
    if (stateOf(removal) === part("removal").dataset.state || isRemoving(removal)) return;
    setRemoval(removal);
    if (!isCorrecting({ id: article_id })) offerCorrecting(removal);
}

document.addEventListener("new-generation", () => seen && trigger("tick", seen));
