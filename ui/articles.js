// The list of articles: asks Python at every change of the filters, and shows what it finds.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`, as for the reader.
// Text becomes part of the page only as `textContent`.

const STEP = 50;
const part = (name) => element.querySelector(`.articles-${name}`);
let limit = STEP;
let waiting;

function make(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

function ask() {
    trigger("input", { ...Object.fromEntries(new FormData(part("filters"))), limit });
}

function articleElement({ id, title, facts }) {
    const item = make("li", "", "");
    const button = make("button", "article", "");
    button.type = "button";
    button.dataset.id = id;
    const name = make("span", "title", title);
    name.dir = "auto";
    const about = make("span", "about", "");
    about.append(...facts.map((fact) => make("span", "", fact)));
    button.append(name, about);
    item.append(button);
    return item;
}

function fillSources(sources) {
    const select = part("filters").elements.source;
    const chosen = select.value;
    const options = sources.map(([name, count]) => {
        const option = make("option", "", `${name} (${count})`);
        option.value = name;
        return option;
    });
    select.replaceChildren(select.options[0], ...options);
    select.value = sources.some(([name]) => name === chosen) ? chosen : "";
}

function show() {
    if (!props.value?.view) return;
    const { count, sources, articles, more } = props.value;
    part("count").textContent = count;
    fillSources(sources);
    part("list").replaceChildren(...articles.map(articleElement));
    part("more").hidden = !more;
}

part("filters").addEventListener("submit", (event) => event.preventDefault());
part("filters").addEventListener("input", () => {
    limit = STEP;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
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
    if (!chip) return;
    part("filters").elements[chip.dataset.filter].value = "";
    ask();
});
document.addEventListener("new-generation", ask);
watch("value", show);
ask();
