// The part of the reader that removes its article from the archive, and brings it back.
//
// Gradio runs this behind `reader.js`, in the same function.

// Removing is asked for once, in place. What came of it stands there until another article is shown.
const removal = (name) => element.querySelector(`.removal-${name}`);
const stateOf = (offer) => offer?.state ?? "gone";

function setRemoval(offer) {
    part("removal").hidden = !offer;
    part("removal").dataset.id = offer?.id ?? "";
    part("removal").dataset.state = stateOf(offer);
    removal("ask").hidden = offer?.state !== "here";
    removal("undo").hidden = offer?.state !== "removed";
    removal("question").hidden = true;
    removal("said").textContent = offer?.said ?? "";
}

function askToRemove(asked) {
    removal("question").hidden = !asked;
    removal("ask").hidden = asked;
    removal("said").textContent = correcting("said").textContent = "";
    removal(asked ? "no" : "ask").focus();
}

function change(event, said) {
    const { id } = part("removal").dataset;
    setRemoval({ id, said });
    removal("said").focus();
    trigger(event, { article_id: id });
}

// A view that comes late must not close a question about the same article that someone is answering.
const isRemoving = (offer) =>
    part("removal").dataset.id === offer?.id && part("removal").contains(document.activeElement);

// The focus goes on where it waited, unless the person has gone elsewhere.
function showRemoval() {
    const waited = document.activeElement === removal("said");
    setRemoval(props.value.removal);
    const next = ["undo", "ask"].map(removal).find((button) => !button.hidden);
    if (waited) next?.focus();
}

removal("ask").addEventListener("click", () => askToRemove(true));
removal("no").addEventListener("click", () => askToRemove(false));
removal("yes").addEventListener("click", () => change("delete", part("removal").dataset.removing));
removal("undo").addEventListener("click", () => change("undo", part("removal").dataset.returning));
