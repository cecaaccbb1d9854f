// The conversations that the browser keeps, each under a name of its own in its storage, so that two tabs never write the
// same list. `conversations.js`, which follows in the same function, shows them.
//
// What stands in the storage may be anybody's: it becomes part of the page only as `textContent`, and Python compares
// every quote with the archive before a conversation is shown.

const NOTHING = "[]"; // a conversation without answers, as Python writes it
const kept = element.querySelector(".kept");
const words = JSON.parse(kept.dataset.words);
const { place, most, mostCharacters } = JSON.parse(kept.dataset.limits);
const own = { id: "", revision: "", text: NOTHING }; // the conversation that is shown, as it was last read or written

const keyOf = (id) => `${place}-${id}`;

function newId() {
    return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isConversation(one) {
    return (
        (one?.name === null || typeof one?.name === "string") &&
        Array.isArray(one.questions) &&
        one.questions.every((question) => typeof question === "string") &&
        [one.kept, one.revision, ...(one.pins ?? [])].every((text) => typeof text === "string") &&
        Number.isFinite(one.changed)
    );
}

// The conversation under an id, or null if there is none, or what is there is none of ours.
function read(id) {
    try {
        const one = JSON.parse(localStorage.getItem(keyOf(id)));
        return isConversation(one) ? { ...one, id } : null;
    } catch {
        return null;
    }
}

function readIds() {
    const start = keyOf("");
    return Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}

// Every conversation, newest first.
function readAll() {
    return readIds().map(read).filter(Boolean).sort((one, other) => other.changed - one.changed);
}

const nameOf = ({ name, questions }) => name || questions[0] || "–";
// The turns of a conversation; none if its text is none of ours.
function turnsOf(one) {
    try {
        return JSON.parse(one.kept);
    } catch {
        return [];
    }
}

const hasPins = ({ pins }) => Boolean(pins?.length);
const sizeOf = (id) => localStorage.getItem(keyOf(id)).length;

function forget(id) {
    localStorage.removeItem(keyOf(id));
}

function put({ id, ...one }) {
    localStorage.setItem(keyOf(id), JSON.stringify(one));
}

function putBack(one) {
    try {
        put(one);
        return true;
    } catch {
        return false;
    }
}

// Writes a conversation. The oldest make room for it, where more are kept than may be or the browser has no more room,
// and first those without a pinned answer; if that does not help, they come back. Returns those that are gone, and whether
// the conversation was written.
function write(one) {
    const others = readAll().filter(({ id }) => id !== one.id);
    others.sort((first, second) => hasPins(second) - hasPins(first));
    const gone = [];
    let size = others.reduce((sum, { id }) => sum + sizeOf(id), JSON.stringify(one).length);
    const makeRoom = () => {
        const oldest = others.pop();
        size -= sizeOf(oldest.id);
        forget(oldest.id);
        gone.push(oldest);
    };
    while (others.length && (others.length >= most || size > mostCharacters)) makeRoom();
    for (;;) {
        try {
            put(one);
            return { gone, isWritten: true };
        } catch (error) {
            const isFull = error.name === "QuotaExceededError";
            if (!isFull || !others.length) return { gone: gone.filter((old) => !putBack(old)), isWritten: false };
            makeRoom();
        }
    }
}

// Remembers which conversation is shown: in this tab, and in one that is opened next.
function setOwn(id, revision, text) {
    Object.assign(own, { id, revision, text });
    try {
        for (const storage of [sessionStorage, localStorage]) storage.setItem(place, id);
    } catch {
        // In a full storage, a reload shows the conversation before.
    }
}

// Keeps the text of the conversation that is shown. If another tab went on with it, this one becomes one of its own.
function keep(text) {
    if (text === NOTHING || text === own.text) return { gone: [], isWritten: true };
    const before = own.id && read(own.id);
    const isOurs = before ? before.revision === own.revision : own.id;
    const id = isOurs ? own.id : newId();
    const turns = JSON.parse(text);
    const questions = turns.map(({ question }) => question);
    const pins = turns.filter(({ pinned }) => pinned).map(({ question }) => question);
    const name = (isOurs && before?.name) || null;
    const one = { id, name, questions, pins, changed: Date.now(), revision: newId(), kept: text };
    const written = write(one);
    if (written.isWritten) setOwn(id, one.revision, text);
    return written;
}
