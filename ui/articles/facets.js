// Asks for the people and places of the list when it has stood still for a moment, one query at a time. What comes for a
// list that is not shown any more is dropped.
//
// Gradio calls this once, as the body of a function with `trigger`, `props` and `watch`. `names.js` shows what is found.

const QUIET = 300; // milliseconds
const GIVEN_UP = 60_000;
let wanted = null; // the query to ask for next
let waiting;
let underWay = null; // the timer of the query that is being answered
let asked = 0;

function ask() {
    if (underWay || !wanted) return;
    underWay = setTimeout(ended, GIVEN_UP);
    trigger("select", { query: wanted, asked: ++asked });
    wanted = null;
}

function ended() {
    clearTimeout(underWay);
    underWay = null;
    setTimeout(ask); // an event inside of `watch` could be lost
}

document.addEventListener("articles-listed", ({ detail }) => {
    wanted = detail;
    clearTimeout(waiting);
    waiting = setTimeout(ask, QUIET);
});
watch("value", () => {
    if (props.value?.asked !== asked || !underWay) return;
    if (!wanted) document.dispatchEvent(new CustomEvent("named-found", { detail: props.value.groups }));
    ended();
});
