// Applies the theme and the text size that were chosen on the page of a collection (`display.js`), before anything is shown.

const SIZES = { large: "112.5%", largest: "131.25%" };

function chosenDisplay() {
    try {
        return JSON.parse(localStorage.getItem("display")) ?? {};
    } catch {
        return {};
    }
}

const { theme, size } = chosenDisplay();
const isDark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.classList.toggle("dark", isDark);
document.documentElement.style.fontSize = SIZES[size] ?? "";
