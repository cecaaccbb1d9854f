// The part of the reader that corrects title, date and source of its article.
//
// Gradio runs this behind `reader.js`, in the same function.

const correcting = (name) => element.querySelector(`.correcting-${name}`);
const correctedFields = () => correcting("form").elements;

function setCorrecting(offer) {
    part("correcting").hidden = !offer;
    part("correcting").dataset.id = offer?.id ?? "";
    openCorrecting(false, false);
    correcting("said").textContent = "";
    if (offer) fillCorrecting(offer);
}

// Only an article that is in the archive can be corrected.
function offerCorrecting(removal) {
    part("correcting").hidden = stateOf(removal) !== "here" || !part("correcting").dataset.id;
}

function fillCorrecting({ fields, original }) {
    for (const [name, value] of Object.entries(fields)) correctedFields()[name].value = correctedFields()[name].defaultValue = value;
    correcting("original").textContent = original ?? "";
    correcting("original").hidden = correcting("undo").hidden = !original;
}

function openCorrecting(opened, focused = true) {
    correcting("form").hidden = !opened;
    correcting("open").setAttribute("aria-expanded", opened);
    if (opened) correcting("said").textContent = "";
    else correcting("form").reset(); // what was typed and not saved
    tellProblem("", "");
    if (focused) (opened ? correctedFields().title : correcting("open")).focus();
}

function tellProblem(problem, field) {
    correcting("problem").textContent = problem;
    for (const name of ["title", "published", "source"]) correctedFields()[name].setAttribute("aria-invalid", name === field);
    correctedFields()[field]?.focus();
}

function saveDetails(event, sent) {
    correcting("said").textContent = part("correcting").dataset.saving;
    tellProblem("", "");
    trigger(event, { article_id: part("correcting").dataset.id, ...sent });
}

// A view that comes late must not close a form about the same article that someone is filling in.
const isCorrecting = (offer) =>
    part("correcting").dataset.id === offer?.id && correcting("form").contains(document.activeElement);

function showCorrecting({ problem, field, fields, original, title, facts, said }) {
    correcting("said").textContent = said ?? "";
    if (problem) return tellProblem(problem, field);
    fillCorrecting({ fields, original });
    const cited = part("facts").classList.contains("cited");
    const citedAs = cited ? [part("facts").lastChild.textContent] : [];
    fillHead({ cited, title, facts: [...facts, ...citedAs] });
    openCorrecting(false);
}

correcting("open").addEventListener("click", () => openCorrecting(correcting("form").hidden));
correcting("cancel").addEventListener("click", () => openCorrecting(false));
correcting("undo").addEventListener("click", () => saveDetails("clear", {}));
correcting("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const values = ["title", "published", "source"].map((name) => [name, correctedFields()[name].value.trim()]);
    saveDetails("edit", Object.fromEntries(values));
});
