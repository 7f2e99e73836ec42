/// The elements of HTML as methods of the writer.
///
/// One line each: with a closure for what has elements inside, with a text for what is only text.
extension HTML {

    // MARK: Parts of a page

    /// `<header>` around what `content` writes.
    package mutating func header(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("header", attributes, content)
    }
    /// `<main>` around what `content` writes.
    package mutating func main(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("main", attributes, content)
    }
    /// `<footer>` around what `content` writes.
    package mutating func footer(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("footer", attributes, content)
    }
    /// `<nav>` around what `content` writes.
    package mutating func nav(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("nav", attributes, content)
    }
    /// `<search>` around what `content` writes.
    package mutating func search(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("search", attributes, content)
    }
    /// `<section>` around what `content` writes.
    package mutating func section(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("section", attributes, content)
    }
    /// `<article>` around what `content` writes.
    package mutating func article(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("article", attributes, content)
    }
    /// `<aside>` around what `content` writes.
    package mutating func aside(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("aside", attributes, content)
    }
    /// `<div>` around what `content` writes.
    package mutating func div(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("div", attributes, content)
    }

    // MARK: Headings and blocks

    /// `<h1>` around what `content` writes.
    package mutating func h1(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("h1", attributes, content)
    }
    /// `<h1>` around a text.
    package mutating func h1(_ attributes: Attribute..., text: String) { element("h1", attributes, text: text) }
    /// `<h2>` around what `content` writes.
    package mutating func h2(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("h2", attributes, content)
    }
    /// `<h2>` around a text.
    package mutating func h2(_ attributes: Attribute..., text: String) { element("h2", attributes, text: text) }
    /// `<h3>` around what `content` writes.
    package mutating func h3(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("h3", attributes, content)
    }
    /// `<h3>` around a text.
    package mutating func h3(_ attributes: Attribute..., text: String) { element("h3", attributes, text: text) }
    /// `<h4>` around what `content` writes.
    package mutating func h4(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("h4", attributes, content)
    }
    /// `<h4>` around a text.
    package mutating func h4(_ attributes: Attribute..., text: String) { element("h4", attributes, text: text) }
    /// `<p>` around what `content` writes.
    package mutating func p(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("p", attributes, content)
    }
    /// `<p>` around a text.
    package mutating func p(_ attributes: Attribute..., text: String) { element("p", attributes, text: text) }
    /// `<pre>` around what `content` writes.
    package mutating func pre(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("pre", attributes, content)
    }
    /// `<pre>` around a text.
    package mutating func pre(_ attributes: Attribute..., text: String) { element("pre", attributes, text: text) }
    /// `<ul>` around what `content` writes.
    package mutating func ul(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("ul", attributes, content)
    }
    /// `<ol>` around what `content` writes.
    package mutating func ol(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("ol", attributes, content)
    }
    /// `<li>` around what `content` writes.
    package mutating func li(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("li", attributes, content)
    }
    /// `<li>` around a text.
    package mutating func li(_ attributes: Attribute..., text: String) { element("li", attributes, text: text) }
    /// `<dl>` around what `content` writes.
    package mutating func dl(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("dl", attributes, content)
    }
    /// `<dt>` around what `content` writes.
    package mutating func dt(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("dt", attributes, content)
    }
    /// `<dt>` around a text.
    package mutating func dt(_ attributes: Attribute..., text: String) { element("dt", attributes, text: text) }
    /// `<dd>` around what `content` writes.
    package mutating func dd(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("dd", attributes, content)
    }
    /// `<dd>` around a text.
    package mutating func dd(_ attributes: Attribute..., text: String) { element("dd", attributes, text: text) }
    /// `<figure>` around what `content` writes.
    package mutating func figure(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("figure", attributes, content)
    }
    /// `<figcaption>` around what `content` writes.
    package mutating func figcaption(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("figcaption", attributes, content)
    }
    /// `<figcaption>` around a text.
    package mutating func figcaption(_ attributes: Attribute..., text: String) {
        element("figcaption", attributes, text: text)
    }
    /// `<details>` around what `content` writes.
    package mutating func details(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("details", attributes, content)
    }
    /// `<summary>` around what `content` writes.
    package mutating func summary(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("summary", attributes, content)
    }
    /// `<summary>` around a text.
    package mutating func summary(_ attributes: Attribute..., text: String) {
        element("summary", attributes, text: text)
    }

    // MARK: Text

    /// `<a>` around what `content` writes.
    package mutating func a(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("a", attributes, content)
    }
    /// `<a>` around a text.
    package mutating func a(_ attributes: Attribute..., text: String) { element("a", attributes, text: text) }
    /// `<span>` around what `content` writes.
    package mutating func span(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("span", attributes, content)
    }
    /// `<span>` around a text.
    package mutating func span(_ attributes: Attribute..., text: String) { element("span", attributes, text: text) }
    /// `<strong>` around what `content` writes.
    package mutating func strong(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("strong", attributes, content)
    }
    /// `<strong>` around a text.
    package mutating func strong(_ attributes: Attribute..., text: String) { element("strong", attributes, text: text) }
    /// `<em>` around what `content` writes.
    package mutating func em(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("em", attributes, content)
    }
    /// `<em>` around a text.
    package mutating func em(_ attributes: Attribute..., text: String) { element("em", attributes, text: text) }
    /// `<small>` around what `content` writes.
    package mutating func small(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("small", attributes, content)
    }
    /// `<small>` around a text.
    package mutating func small(_ attributes: Attribute..., text: String) { element("small", attributes, text: text) }
    /// `<mark>` around what `content` writes.
    package mutating func mark(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("mark", attributes, content)
    }
    /// `<mark>` around a text.
    package mutating func mark(_ attributes: Attribute..., text: String) { element("mark", attributes, text: text) }
    /// `<abbr>` around what `content` writes.
    package mutating func abbr(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("abbr", attributes, content)
    }
    /// `<abbr>` around a text.
    package mutating func abbr(_ attributes: Attribute..., text: String) { element("abbr", attributes, text: text) }
    /// `<time>` around what `content` writes.
    package mutating func time(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("time", attributes, content)
    }
    /// `<time>` around a text.
    package mutating func time(_ attributes: Attribute..., text: String) { element("time", attributes, text: text) }
    /// `<code>` around what `content` writes.
    package mutating func code(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("code", attributes, content)
    }
    /// `<code>` around a text.
    package mutating func code(_ attributes: Attribute..., text: String) { element("code", attributes, text: text) }
    /// `<kbd>` around what `content` writes.
    package mutating func kbd(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("kbd", attributes, content)
    }
    /// `<kbd>` around a text.
    package mutating func kbd(_ attributes: Attribute..., text: String) { element("kbd", attributes, text: text) }
    /// `<sup>` around what `content` writes.
    package mutating func sup(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("sup", attributes, content)
    }
    /// `<sup>` around a text.
    package mutating func sup(_ attributes: Attribute..., text: String) { element("sup", attributes, text: text) }
    /// `<sub>` around what `content` writes.
    package mutating func sub(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("sub", attributes, content)
    }
    /// `<sub>` around a text.
    package mutating func sub(_ attributes: Attribute..., text: String) { element("sub", attributes, text: text) }
    /// `<bdi>` around what `content` writes.
    package mutating func bdi(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("bdi", attributes, content)
    }
    /// `<bdi>` around a text.
    package mutating func bdi(_ attributes: Attribute..., text: String) { element("bdi", attributes, text: text) }
    /// `<ins>` around what `content` writes.
    package mutating func ins(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("ins", attributes, content)
    }
    /// `<ins>` around a text.
    package mutating func ins(_ attributes: Attribute..., text: String) { element("ins", attributes, text: text) }
    /// `<del>` around what `content` writes.
    package mutating func del(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("del", attributes, content)
    }
    /// `<del>` around a text.
    package mutating func del(_ attributes: Attribute..., text: String) { element("del", attributes, text: text) }

    // MARK: Tables

    /// `<table>` around what `content` writes.
    package mutating func table(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("table", attributes, content)
    }
    /// `<caption>` around what `content` writes.
    package mutating func caption(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("caption", attributes, content)
    }
    /// `<caption>` around a text.
    package mutating func caption(_ attributes: Attribute..., text: String) {
        element("caption", attributes, text: text)
    }
    /// `<colgroup>` around what `content` writes.
    package mutating func colgroup(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("colgroup", attributes, content)
    }
    /// `<thead>` around what `content` writes.
    package mutating func thead(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("thead", attributes, content)
    }
    /// `<tbody>` around what `content` writes.
    package mutating func tbody(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("tbody", attributes, content)
    }
    /// `<tfoot>` around what `content` writes.
    package mutating func tfoot(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("tfoot", attributes, content)
    }
    /// `<tr>` around what `content` writes.
    package mutating func tr(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("tr", attributes, content)
    }
    /// `<th>` around what `content` writes.
    package mutating func th(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("th", attributes, content)
    }
    /// `<th>` around a text.
    package mutating func th(_ attributes: Attribute..., text: String) { element("th", attributes, text: text) }
    /// `<td>` around what `content` writes.
    package mutating func td(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("td", attributes, content)
    }
    /// `<td>` around a text.
    package mutating func td(_ attributes: Attribute..., text: String) { element("td", attributes, text: text) }

    // MARK: Forms

    /// `<form>` around what `content` writes.
    package mutating func form(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("form", attributes, content)
    }
    /// `<fieldset>` around what `content` writes.
    package mutating func fieldset(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("fieldset", attributes, content)
    }
    /// `<legend>` around what `content` writes.
    package mutating func legend(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("legend", attributes, content)
    }
    /// `<legend>` around a text.
    package mutating func legend(_ attributes: Attribute..., text: String) { element("legend", attributes, text: text) }
    /// `<label>` around what `content` writes.
    package mutating func label(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("label", attributes, content)
    }
    /// `<label>` around a text.
    package mutating func label(_ attributes: Attribute..., text: String) { element("label", attributes, text: text) }
    /// `<button>` around what `content` writes.
    package mutating func button(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("button", attributes, content)
    }
    /// `<button>` around a text.
    package mutating func button(_ attributes: Attribute..., text: String) { element("button", attributes, text: text) }
    /// `<select>` around what `content` writes.
    package mutating func select(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("select", attributes, content)
    }
    /// `<optgroup>` around what `content` writes.
    package mutating func optgroup(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("optgroup", attributes, content)
    }
    /// `<option>` around what `content` writes.
    package mutating func option(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("option", attributes, content)
    }
    /// `<option>` around a text.
    package mutating func option(_ attributes: Attribute..., text: String) { element("option", attributes, text: text) }
    /// `<output>` around what `content` writes.
    package mutating func output(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("output", attributes, content)
    }
    /// `<output>` around a text.
    package mutating func output(_ attributes: Attribute..., text: String) { element("output", attributes, text: text) }

    // MARK: Elements without content

    /// A line break.
    package mutating func br() { void("br", []) }
    /// A change of subject.
    package mutating func hr(_ attributes: Attribute...) { void("hr", attributes) }
    /// A field of a form.
    package mutating func input(_ attributes: Attribute...) { void("input", attributes) }
    /// An image.
    package mutating func img(_ attributes: Attribute...) { void("img", attributes) }
    /// A column of a table.
    package mutating func col(_ attributes: Attribute...) { void("col", attributes) }
    /// A place where a long word may break.
    package mutating func wbr() { void("wbr", []) }

    // MARK: Elements with a rule of their own

    /// A field of several lines. Browsers drop the first line feed inside it, so one is written before the text.
    package mutating func textarea(_ attributes: Attribute..., text: String) {
        element("textarea", attributes, text: "\n" + text)
    }

    /// The root of a document.
    package mutating func html(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("html", attributes, content)
    }
    /// What the browser needs to know of a document.
    package mutating func head(content: (inout HTML) throws -> Void) rethrows { try element("head", [], content) }
    /// What is seen of a document.
    package mutating func body(_ attributes: Attribute..., content: (inout HTML) throws -> Void) rethrows {
        try element("body", attributes, content)
    }
    /// The title of a document.
    package mutating func title(_ text: String) { element("title", [], text: text) }
    /// A fact about the document.
    package mutating func meta(_ attributes: Attribute...) { void("meta", attributes) }
    /// Something that belongs to the document, such as a style sheet.
    package mutating func link(_ attributes: Attribute...) { void("link", attributes) }
    /// A script from a file as a module; there are no scripts inside pages.
    package mutating func script(module url: String) {
        element("script", [.type("module"), .src(url)], text: "")
    }
}
