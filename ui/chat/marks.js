// Pins an answer, and writes notes beside quotes in a dialog: what is typed there stays if the chat is drawn anew.
//
// It follows `chat.js` in the same function, with `element` and `trigger`. What is changed here is drawn by Python only
// with the next change of the chat, so it is put into the page here too, as text.

const dialog = element.querySelector(".note-dialog");
const field = dialog.querySelector("textarea");
const samePlace = (one, other) => ["content_hash", "start", "end"].every((name) => one[name] === other[name]);
let noted = null; // the answer's fingerprint, and the place of the quote that is annotated

const placeOf = (figure) => {
    const { content_hash, start, end } = JSON.parse(figure.querySelector(".chip").dataset.place);
    return { content_hash, start, end };
};
const answerOf = (part) => part.closest(".answer").querySelector(".pin").dataset.answer;

// All figures of the annotated quote: the same answer may stand twice in a conversation.
function notedFigures() {
    const figures = [...document.querySelectorAll("#chat figure")];
    return figures.filter((one) => answerOf(one) === noted.answer && samePlace(placeOf(one), noted.place));
}

function pin(button) {
    const pinned = button.getAttribute("aria-pressed") !== "true";
    for (const one of document.querySelectorAll("#chat .pin")) {
        if (one.dataset.answer === button.dataset.answer) one.setAttribute("aria-pressed", pinned);
    }
    trigger("select", { answer: button.dataset.answer, pinned });
}

function openNote(figure) {
    noted = { answer: answerOf(figure), place: placeOf(figure) };
    const before = figure.querySelector(".note-text").textContent;
    dialog.querySelector("blockquote").textContent = figure.querySelector("blockquote").textContent;
    field.value = before;
    dialog.querySelector(".note-delete").hidden = !before;
    dialog.showModal();
    field.focus();
}

function writeNote(text) {
    for (const figure of notedFigures()) {
        figure.querySelector(".note-text").textContent = text;
        figure.querySelector(".note").hidden = !text;
    }
    trigger("edit", { answer: noted.answer, ...noted.place, text });
    dialog.close();
}

document.addEventListener("click", (event) => {
    const button = event.target.closest("#chat .pin, #chat .annotate");
    if (!button) return;
    if (button.matches(".pin")) pin(button);
    else openNote(button.closest("figure"));
});
dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    writeNote(field.value.trim());
});
field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) writeNote(field.value.trim());
});
dialog.querySelector(".note-delete").addEventListener("click", () => writeNote(""));
dialog.querySelector(".note-cancel").addEventListener("click", () => dialog.close());
// The chat may have been drawn anew, so that the button which the browser remembers is gone.
dialog.addEventListener("close", () => notedFigures()[0]?.querySelector(".annotate").focus());
