// The list of conversations: opens, renames, deletes and searches them, and tells what left the list.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`, behind `kept.js`.

const part = (name) => kept.querySelector(`.kept-${name}`);
const list = part("list");
const items = part("items");
const search = list.querySelector("[type=search]");
const deleted = new Map(); // the conversations that were deleted since the list was opened, by their ids
let renamed = null; // the conversation whose name is being changed
let opening = { id: "", revision: "" }; // the conversation that Python is asked to check
let gone = []; // what left the list because it was full
let goal = null; // the question of the pinned answer that is opened
let all = []; // what the list shows, unless it is searched

function make(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

function makeButton(className, text, label, act) {
    const button = make("button", className, text);
    button.type = "button";
    if (label) button.ariaLabel = label;
    button.addEventListener("click", act);
    return button;
}

function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const shortened = (text) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

function dayOf(moment) {
    const day = new Date(moment);
    return fill(words.day, { day: day.getDate(), month: words.months[day.getMonth()], year: day.getFullYear() });
}

function makeName(className, one) {
    const name = make("span", className, nameOf(one));
    name.dir = "auto";
    return name;
}

function shownItem(one) {
    const show = makeButton("kept-show", "", "", () => open(one.id));
    const number = one.questions.length;
    const count = fill(words.questions[number === 1 ? 0 : 1], { number });
    show.append(makeName("kept-name", one), make("span", "kept-about", `${dayOf(one.changed)} · ${count}`));
    if (one.id === own.id) show.setAttribute("aria-current", "true");
    const name = shortened(nameOf(one));
    return [
        show,
        makeButton("kept-rename", words.rename, fill(words.renameThis, { name }), () => beginToRename(one.id)),
        makeButton("kept-delete", words.delete, fill(words.deleteThis, { name }), () => remove(one)),
    ];
}

function renamedItem(one) {
    const form = make("form", "kept-renaming", "");
    const input = make("input", "", "");
    Object.assign(input, { value: nameOf(one), ariaLabel: words.name, maxLength: 200, dir: "auto" });
    const save = make("button", "", words.save);
    const endWith = (name) => {
        const now = read(one.id);
        if (now && name !== undefined) tellGone(write({ ...now, name: name.trim() || null }));
        renamed = null;
        render();
        itemOf(one.id)?.querySelector(".kept-rename")?.focus();
    };
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        endWith(input.value);
    });
    form.append(input, save, makeButton("kept-cancel", words.cancel, "", () => endWith()));
    return [form];
}

function deletedItem({ one, wasShown }) {
    const told = make("span", "kept-gone", "");
    const [before, after] = words.deleted.split("{name}");
    told.append(before, makeName("", one), after);
    return [told, makeButton("kept-undo", words.undo, "", () => bringBack(one, wasShown))];
}

const itemOf = (id) => [...items.children].find((item) => item.dataset.id === id);
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function hasWords(text) {
    const searched = folded(text);
    return folded(search.value).split(/\s+/).every((word) => searched.includes(word));
}

const isFound = (one) => hasWords([one.name ?? "", ...one.questions].join(" "));
const pinsOf = (one) => (one.pins ?? []).map((question) => ({ one, question }));

function pinnedItem({ one, question }) {
    const item = make("li", "", "");
    const show = makeButton("kept-pin", "", "", () => open(one.id, question));
    const words = make("span", "kept-pin-question", question);
    words.dir = "auto";
    show.append(words, make("span", "kept-pin-about", dayOf(one.changed)));
    item.append(show);
    return item;
}

function render() {
    all = readAll();
    draw();
}

function draw() {
    const found = all.filter(isFound);
    const shown = [...found.map((one) => ({ one })), ...deleted.values()];
    shown.sort((first, second) => second.one.changed - first.one.changed);
    items.replaceChildren(
        ...shown.map((entry) => {
            const item = make("li", "", "");
            item.dataset.id = entry.one.id;
            const isDeleted = "wasShown" in entry;
            item.append(...(isDeleted ? deletedItem(entry) : (entry.one.id === renamed ? renamedItem : shownItem)(entry.one)));
            return item;
        }),
    );
    const pins = all.flatMap(pinsOf).filter(({ question }) => hasWords(question));
    part("pins").hidden = !pins.length;
    part("pins").querySelector("ul").replaceChildren(...pins.map(pinnedItem));
    const isSearched = Boolean(search.value.trim());
    const count = fill(words.found, { found: found.length, every: all.length });
    part("found").textContent = !isSearched ? "" : found.length ? count : words.noneFound;
    tellWhetherAny();
}

function tellWhetherAny() {
    document.body.toggleAttribute("data-kept", readIds().length > 0);
}

function show() {
    search.value = "";
    deleted.clear();
    renamed = null;
    render();
    list.showModal();
    search.focus();
}

function open(id, pinned = null) {
    const one = read(id);
    list.close();
    document.querySelector("#question textarea").focus();
    goal = pinned;
    if (!one || id === own.id) return goToPinned();
    document.body.dataset.asked = "";
    opening = one;
    document.dispatchEvent(new Event("new-conversation"));
    trigger("select", { kept: one.kept });
}

// Brings a pinned answer into view, once it is drawn.
function goToPinned() {
    const asked = [...document.querySelectorAll("#chat .question")];
    const parts = [...document.querySelectorAll("#chat .question, #chat .answer")];
    const questionOf = (pin) => parts[parts.indexOf(pin.closest(".answer")) - 1];
    const pins = [...document.querySelectorAll("#chat .pin[aria-pressed=true]")];
    const pin = goal === null ? null : pins.find((one) => questionOf(one).textContent === goal);
    goal = null;
    if (!pin) return;
    document.body.dataset.asked = asked.indexOf(questionOf(pin));
    questionOf(pin).scrollIntoView({ block: "start" });
    // Beside it, where there is room, is its first quote.
    if (matchMedia("(min-width: 821px)").matches) pin.closest(".answer").querySelector(".chip")?.click();
    pin.focus({ preventScroll: true });
}

function beginToRename(id) {
    renamed = id;
    render();
    const input = itemOf(id)?.querySelector("input");
    input?.focus();
    input?.select();
}

function remove(one) {
    const wasShown = one.id === own.id;
    forget(one.id);
    deleted.set(one.id, { one, wasShown });
    if (wasShown) {
        setOwn("", "", NOTHING);
        document.dispatchEvent(new Event("new-conversation"));
        trigger("delete");
    }
    render();
    itemOf(one.id).querySelector("button").focus();
}

// Another tab may have gone on with it meanwhile: then both stay.
function bringBack(one, wasShown) {
    deleted.delete(one.id);
    const id = read(one.id) ? newId() : one.id;
    tellGone(write({ ...one, id }));
    render();
    itemOf(id)?.querySelector("button").focus();
    if (wasShown && !own.id) open(id);
}

// Tells which conversations left the list, and keeps them until that was read.
function tellGone({ gone: left, isWritten }) {
    gone.push(...left);
    if (!gone.length && isWritten) return;
    const names = gone.map((one) => shortened(nameOf(one))).join(" · ");
    const told = [gone.length ? fill(words.pushedOut, { names }) : "", isWritten ? "" : words.notKept];
    part("told").querySelector("span").textContent = told.join(" ").trim();
    part("save").hidden = !gone.length;
    part("told").hidden = false;
}

function dismiss() {
    gone = [];
    part("told").hidden = true;
    document.querySelector("#question textarea").focus();
}

function saveGone() {
    const bytes = new TextEncoder().encode(JSON.stringify(gone.flatMap(turnsOf), null, 2));
    const content = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
    document.dispatchEvent(new CustomEvent("save-file", { detail: [content, "conversation.json", "application/json"] }));
}

// What Python tells: what to keep of the conversation that is shown, and which one is shown now.
function follow() {
    const { number, kept: text, opened, whole } = props.value ?? {};
    if (!number) return;
    tellGone(keep(text));
    if (opened === NOTHING && own.id) setOwn("", "", NOTHING);
    // What was left out of a conversation stays under its id: without its revision, the next answer begins another.
    else if (opened && opened !== NOTHING) setOwn(opening.id, whole ? opening.revision : "", opened);
    tellWhetherAny();
    if (list.open) render();
}

document.addEventListener("show-conversations", show);
document.addEventListener("answers-drawn", goToPinned);
search.addEventListener("input", draw);
list.addEventListener("cancel", (event) => {
    if (!renamed) return;
    event.preventDefault();
    list.querySelector(".kept-cancel").click();
});
part("save").addEventListener("click", saveGone);
part("dismiss").addEventListener("click", dismiss);
window.addEventListener("storage", () => (list.open && !renamed ? render() : tellWhetherAny()));
watch("value", follow);
opening = read(sessionStorage.getItem(place) ?? localStorage.getItem(place)) ?? opening;
tellWhetherAny();
