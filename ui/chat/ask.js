// Asking: what is sent while an answer is awaited is asked next, a question can be stopped or edited in its place, and
// keys lead to the box, to earlier questions and to the list of keys.
//
// Gradio calls this once, as the body of a function with `element` and `trigger`. The box itself asks: what is to be
// asked is put into it and sent, and the event's script says when its text was taken.

const TAKEN_BY = 3_000; // milliseconds after which a question that nobody took is given back
const part = (name) => element.querySelector(`.asker-${name}`);
const box = () => document.querySelector("#question textarea");
const send = () => document.querySelector("#question .submit-button");
const questions = () => [...document.querySelectorAll("#chat .question")];
const isTyping = (target) => target.matches?.("input, textarea, select, [contenteditable]");

const waiting = []; // questions that are asked next
const awaited = new Set(); // what an answer is awaited of: the "box", the link of the page, or a question asked "exactly"
let sent = false; // whether the box was sent and its question not taken yet
let entered = ""; // what the box held when it was sent
let own = false; // whether the script itself sends the box
let aside = null; // what the box held, and which question it edited, when another question was put into it
let draft = ""; // what was being written when an edit began
let unanswered = ""; // the question that the server may not have yet
let recalled = -1; // which earlier question the box shows
let giveUp;

function write(text) {
    // The box is Svelte's: it learns what it holds from the event.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), text);
    box().dispatchEvent(new Event("input", { bubbles: true }));
}

const isBusy = () => sent || awaited.size > 0;

function show() {
    const list = part("next").querySelector("ul");
    list.replaceChildren(...waiting.map(waitingElement));
    part("next").hidden = waiting.length === 0;
    part("busy").hidden = !isBusy();
    part("edited").hidden = !("edited" in document.body.dataset);
}

function waitingElement(question, place) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const remove = document.createElement("button");
    words.dir = "auto";
    words.textContent = question;
    remove.type = "button";
    remove.textContent = "×";
    remove.ariaLabel = part("next").querySelector("ul").dataset.remove.replace("{question}", question);
    remove.addEventListener("click", () => {
        waiting.splice(place, 1);
        show();
        box().focus();
    });
    item.append(words, remove);
    return item;
}

function setSent(now) {
    sent = now;
    clearTimeout(giveUp);
    if (sent) giveUp = setTimeout(notTaken, TAKEN_BY);
    show();
}

function notTaken() {
    entered = "";
    setSent(false);
}

function awaitAnswer(of) {
    awaited.add(of);
    show();
}

function awaitNothing() {
    awaited.clear();
    setSent(false);
}

// Sends a question in place of what the box holds, which comes back when the question was taken.
async function ask(question) {
    setSent(true);
    aside = { text: box().value, edited: document.body.dataset.edited };
    delete document.body.dataset.edited;
    write((entered = question));
    await new Promise(requestAnimationFrame);
    own = true;
    send().click();
    own = false;
}

function enqueue(question) {
    if (!question.trim()) return;
    waiting.push(question);
    show();
}

// A question is sent by Gradio, unless an answer is awaited: then it is kept.
function hold(event) {
    if (own || !box().value) return;
    recalled = -1;
    if (!isBusy()) {
        entered = box().value;
        setSent(true);
        return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    enqueue(box().value);
    write("");
}

// Gradio reads the box some time after Enter: what was written there meanwhile is no part of the question.
function taken(told) {
    if (entered) told.question = entered;
    const { question } = told;
    entered = "";
    awaitAnswer("box");
    setSent(false);
    unanswered = question;
    const typed = box().value;
    const rest = typed.startsWith(question) ? typed.slice(question.length) : typed;
    const { edited } = document.body.dataset;
    document.body.dataset.asked = edited ?? "";
    delete document.body.dataset.edited;
    if (aside?.edited !== undefined) document.body.dataset.edited = aside.edited;
    write(aside ? aside.text : edited === undefined ? rest : draft);
    aside = null;
    show();
}

// Only the end of what was asked, or the stop of everything, ends the wait.
function answered({ ended }) {
    if (ended === "stop") awaitNothing();
    else if (!awaited.delete(ended)) return;
    if (!awaited.has("box")) unanswered = "";
    show();
    if (waiting.length && !isBusy()) ask(waiting.shift());
}

// What the server did not take is given back to the box.
function refused(url) {
    if (!url.includes("queue/join") || awaited.size === 0 || document.querySelector("#chat .searching")) return;
    if (!box().value) write(unanswered);
    unanswered = "";
    awaitNothing();
}

function edit(button) {
    const place = questions().indexOf(button.closest(".message, .turn").querySelector(".question"));
    if (!("edited" in document.body.dataset)) draft = box().value;
    document.body.dataset.edited = place;
    write(button.dataset.question);
    box().focus();
    show();
}

function cancelEdit() {
    delete document.body.dataset.edited;
    write(draft);
    box().focus();
    show();
}

function takeEditBack(button) {
    const place = questions().indexOf(button.closest(".message, .turn").querySelector(".question"));
    document.body.dataset.unedited = document.body.dataset.asked = place;
    trigger("undo");
}

function stop() {
    trigger("stop");
    box().focus();
}

// The arrows go through earlier questions, as long as the box holds nothing else.
function recall(event) {
    const asked = questions().map((question) => question.textContent);
    const shown = recalled < 0 ? "" : asked[recalled];
    if (box().value !== shown) return;
    const next = event.key === "ArrowUp" ? (recalled < 0 ? asked.length : recalled) - 1 : recalled < 0 ? -1 : recalled + 1;
    if (next < 0) return;
    event.preventDefault();
    recalled = next < asked.length ? next : -1;
    write(recalled < 0 ? "" : asked[recalled]);
}

// In the reader, Escape leads back to the citation and closes nothing else; in a dialog it closes that alone.
function closeOpen() {
    if (document.activeElement.closest("#reader-pane") || document.querySelector("dialog[open]")) return;
    const open = document.querySelector("#masthead .behind[open]");
    if (open) {
        open.open = false;
        open.querySelector("summary").focus();
    } else if ("edited" in document.body.dataset) cancelEdit();
}

function showKeys() {
    element.querySelector(".keys").showModal();
}

document.addEventListener(
    "keydown",
    (event) => {
        const inBox = event.target === box();
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (inBox && event.key === "Enter" && !event.shiftKey && !event.isComposing) hold(event);
        else if (inBox && ["ArrowUp", "ArrowDown"].includes(event.key)) recall(event);
        else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
            event.preventDefault();
            box().focus();
        } else if (event.key === "Escape") closeOpen();
        else if (isPlain && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
            if (event.key === "/") {
                event.preventDefault();
                box().focus();
            } else if (event.key === "?") showKeys();
        }
    },
    { capture: true },
);
document.addEventListener(
    "click",
    (event) => {
        if (event.target.closest("#question .submit-button")) hold(event);
        // At once: the question that ends by this click would send the next one before the conversation is new.
        else if (event.target.closest("#new-conversation")) waiting.length = 0;
    },
    { capture: true },
);
document.addEventListener("click", (event) => {
    const button = event.target.closest(".ask, .edit, .unedit");
    if (!button) return;
    if (button.matches(".unedit")) takeEditBack(button);
    else if (button.matches(".edit")) edit(button);
    else if (isBusy()) enqueue(button.dataset.question);
    else ask(button.dataset.question);
});
document.addEventListener("question-taken", (event) => taken(event.detail));
document.addEventListener("answer-awaited", (event) => awaitAnswer(event.detail));
document.addEventListener("answered", (event) => answered(event.detail));
document.addEventListener("refused", (event) => refused(event.detail));
document.addEventListener("new-conversation", () => {
    waiting.length = 0;
    delete document.body.dataset.edited;
    aside = null;
    awaitNothing();
});
document.addEventListener("show-keys", showKeys);
part("cancel").addEventListener("click", cancelEdit);
part("stop").addEventListener("click", stop);
