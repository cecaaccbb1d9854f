// The list of articles: asks Python at every change of the filters, and shows what it finds.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`, as for the reader;
// `choices.js` and `names.js` run before it, in the same function. Text becomes part of the page only as `textContent`.

const STEP = 50;
const GIVEN_UP = 10_000; // milliseconds
const part = (name) => element.querySelector(`.articles-${name}`);
let limit = STEP;
let waiting;
let underWay = null; // the timer of the query that is being answered
let again = false; // whether the filters changed meanwhile

// The names of each list are an array; all other fields have one value.
function query() {
    const fields = part("filters").elements;
    const single = ["words", "sort", "since", "until"].map((name) => [name, fields[name].value]);
    const several = choices.map(({ dataset }) => [dataset.field, chosenNames(dataset.field)]);
    return { ...Object.fromEntries([...single, ...several]), names: [...chosenPeople], limit };
}

// One query at a time, so that none overtakes another; the filters that changed meanwhile are asked for next. A query
// that the server does not answer is given up.
function ask() {
    again = Boolean(underWay);
    if (again) return;
    underWay = setTimeout(ended, GIVEN_UP);
    trigger("input", query());
}

function ended() {
    clearTimeout(underWay);
    underWay = null;
    if (again) ask();
}

function snippetElement(parts) {
    const snippet = make("span", "snippet", "");
    snippet.dir = "auto";
    snippet.append(...parts.map(([text, found]) => make(found ? "mark" : "span", "", text)));
    return snippet;
}

function articleElement({ id, title, facts, snippets = [] }) {
    const item = make("li", "", "");
    const button = make("button", "article", "");
    button.type = "button";
    button.dataset.id = id;
    const name = make("span", "title", title);
    name.dir = "auto";
    const about = make("span", "about", "");
    about.append(...facts.map((fact) => make("span", "", fact)));
    button.append(name, about, ...snippets.map(snippetElement));
    item.append(button);
    return item;
}

const bars = () => [...part("bars").children];
const dates = () => [part("filters").elements.since, part("filters").elements.until];

function barElement({ since, until }) {
    const bar = make("button", "bar", "");
    bar.type = "button";
    Object.assign(bar.dataset, { since, until });
    bar.append(make("span", "", ""));
    return bar;
}

function labelElement([name, place]) {
    const label = make("span", "", name);
    if (place) label.style.left = place;
    return label;
}

// The bars stay as long as their periods do, so that neither the focus nor a click is lost; the tab key finds the first
// of those chosen.
function showBars({ bins, labels, undated }) {
    part("time").hidden = bins.length < 2;
    const periods = bins.map(({ since }) => since).join();
    if (part("bars").dataset.periods !== periods) {
        part("bars").replaceChildren(...bins.map(barElement));
        part("bars").dataset.periods = periods;
        part("span").replaceChildren(...labels.map(labelElement));
    }
    const most = Math.max(1, ...bins.map(({ count }) => count));
    bars().forEach((bar, number) => {
        const { label, count } = bins[number];
        bar.title = label;
        bar.setAttribute("aria-label", label);
        bar.disabled = count === 0;
        bar.firstChild.style.height = `${(100 * count) / most}%`;
    });
    part("undated").textContent = undated;
    markBars();
}

function markBars() {
    const { since, until } = chosen();
    for (const bar of bars()) {
        const inside = (since || until) && bar.dataset.since >= since && (!until || bar.dataset.until <= until);
        bar.setAttribute("aria-pressed", Boolean(inside));
    }
    const enabled = bars().filter((bar) => !bar.disabled);
    const reached = enabled.find((bar) => bar.getAttribute("aria-pressed") === "true") ?? enabled[0];
    for (const bar of bars()) bar.tabIndex = bar === reached ? 0 : -1;
}

const chosen = () => {
    const [since, until] = dates().map((field) => field.value);
    return { since, until };
};

function write({ since, until }) {
    dates().forEach((field, number) => (field.value = [since, until][number]));
}

// ISO dates are in order as text.
function span(one, other) {
    return {
        since: one.since < other.since ? one.since : other.since,
        until: one.until > other.until ? one.until : other.until,
    };
}

function askAnew() {
    limit = STEP;
    ask();
}

// A bar alone; or, with `extended`, all from the dates that are chosen to this one. The only one that is chosen is lifted.
function choose({ dataset }, extended) {
    const { since, until } = chosen();
    const lifted = since === dataset.since && until === dataset.until;
    if (extended && since && until) write(span({ since, until }, dataset));
    else write(lifted ? { since: "", until: "" } : dataset);
    askAnew();
}

// Pressed on one bar and drawn to another: all between them, asked for when the pointer is let go. It is held only from
// the second bar on, so that a click stays a click of its bar.
let brush;

function barAt(x) {
    return bars().findLast((bar) => bar.getBoundingClientRect().left <= x) ?? bars()[0];
}

function press(event) {
    brush = event.isPrimary && event.button === 0 && { from: barAt(event.clientX), before: chosen(), held: false };
}

function draw(event) {
    if (!brush || !event.buttons) return;
    const to = barAt(event.clientX);
    if (!brush.held && to === brush.from) return;
    if (!brush.held) part("bars").setPointerCapture(event.pointerId);
    brush.held = true;
    write(span(brush.from.dataset, to.dataset));
    markBars();
}

function release() {
    if (brush?.held) askAnew();
    brush = null;
}

function cancel() {
    if (brush?.held) {
        write(brush.before);
        markBars();
    }
    brush = null;
}

function step(event) {
    const enabled = bars().filter((bar) => !bar.disabled);
    const at = enabled.indexOf(document.activeElement);
    const ways = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: enabled.length - 1 };
    if (!(event.key in ways)) return;
    event.preventDefault();
    enabled[ways[event.key]]?.focus();
}

// The source that was clicked beside the questions. The list may not be there yet, because its tab was never opened.
function chooseSource() {
    const { source } = document.body.dataset;
    if (!source || !setChosen("sources", [source])) return;
    delete document.body.dataset.source;
    askAnew();
}

// A chip names a field and its value: of several sources only this one is lifted.
function lift({ filter, value }) {
    if (filter === "naming") dropName(value);
    else liftField(filter, value);
    askAnew();
}

function liftField(filter, value) {
    const left = () => chosenNames(filter).filter((name) => name !== value);
    if (filter in chosen()) part("filters").elements[filter].value = "";
    else setChosen(filter, left());
}

function show() {
    if (!props.value?.view) return;
    const { count, sources, authors, sections, articles, more, is_ranked } = props.value;
    showBars(props.value);
    part("count").textContent = count;
    Object.entries({ sources, authors, sections }).forEach(([field, names]) => fillChoice(field, names));
    part("list").replaceChildren(...articles.map(articleElement));
    part("more").hidden = !more;
    part("filters").elements.sort.parentElement.hidden = is_ranked; // what is found in texts comes best first
    chooseSource();
    if (articles.length) awaitNamed();
    else showNamed([[], []]);
    document.dispatchEvent(new CustomEvent("articles-listed", { detail: query() }));
    ended();
}

part("filters").addEventListener("submit", (event) => event.preventDefault());
part("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(askAnew, 120);
});
part("bars").addEventListener("click", (event) => {
    const bar = event.target.closest(".bar");
    if (bar) choose(bar, event.shiftKey);
});
part("bars").addEventListener("keydown", step);
Object.entries({ pointerdown: press, pointermove: draw, pointerup: release, pointercancel: cancel }).forEach(
    ([name, listener]) => part("bars").addEventListener(name, listener),
);
named.addEventListener("click", (event) => {
    const button = event.target.closest(".named");
    if (!button) return;
    chooseName(button);
    askAnew();
});
part("more").addEventListener("click", () => {
    limit += STEP;
    ask();
});
part("list").addEventListener("click", (event) => {
    const article = event.target.closest(".article");
    if (article) document.dispatchEvent(new CustomEvent("read-article", { detail: article.dataset.id }));
});
document.addEventListener("click", (event) => {
    const chip = event.target.closest(".scope-chip");
    if (chip) lift(chip.dataset);
});
document.addEventListener("articles-opened", chooseSource);
document.addEventListener("new-generation", ask);
watch("value", show);
ask();
