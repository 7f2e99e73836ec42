import Languages

/// One attribute of an element: a name written in the program and a value that is escaped when it is written.
///
/// Attributes that would run code (`onclick` and its like) or carry style (`style`) are refused by the site's
/// Content-Security-Policy anyway, so there is no way to spell them here.
package struct Attribute: Sendable {
    enum Value: Sendable {
        case absent
        case flag
        case text(String)
    }

    let name: StaticString
    let value: Value

    /// An attribute with a text as its value.
    package init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = .text(value)
    }

    /// An attribute with a number as its value.
    package init(_ name: StaticString, _ value: Int) {
        self.init(name, value.description)
    }

    /// An attribute that is left out where there is no value.
    package init(_ name: StaticString, optional value: String?) {
        self.name = name
        self.value = value.map(Value.text) ?? .absent
    }

    /// An attribute without a value, such as `required`, present when `isPresent`.
    package init(_ name: StaticString, flag isPresent: Bool) {
        self.name = name
        value = isPresent ? .flag : .absent
    }

    /// An attribute whose value is an address; see `SafeURL`.
    package init(_ name: StaticString, url: String) {
        self.init(name, SafeURL(url).string)
    }

    /// This attribute when `condition` holds, otherwise none.
    package func when(_ condition: Bool) -> Attribute {
        condition ? self : Attribute(name, flag: false)
    }
}

extension Attribute {
    // MARK: On any element

    /// Class names, parted by blanks.
    package static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    /// The element's identity within the page.
    package static func id(_ id: String) -> Attribute { Attribute("id", id) }
    /// The language of the content, where it is not the page's.
    package static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
    /// A text shown on hovering; never the only place of something important.
    package static func title(_ text: String) -> Attribute { Attribute("title", text) }
    /// The element is not shown.
    package static var hidden: Attribute { Attribute("hidden", flag: true) }
    /// The element takes the focus by script but not by the Tab key (-1), or in its natural order (0).
    package static func tabindex(_ index: Int) -> Attribute { Attribute("tabindex", index) }
    /// The element's part in the page for assistive technology.
    package static func role(_ role: StaticString) -> Attribute { Attribute("role", role.description) }
    /// The name that assistive technology reads.
    package static func ariaLabel(_ text: String) -> Attribute { Attribute("aria-label", text) }
    /// The identities of the elements that name this one.
    package static func ariaLabelledBy(_ ids: String) -> Attribute { Attribute("aria-labelledby", ids) }
    /// The identities of the elements that describe this one.
    package static func ariaDescribedBy(_ ids: String?) -> Attribute { Attribute("aria-describedby", optional: ids) }
    /// The element is decoration; assistive technology passes over it.
    package static var ariaHidden: Attribute { Attribute("aria-hidden", "true") }
    /// The link of the page one is on.
    package static var ariaCurrentPage: Attribute { Attribute("aria-current", "page") }

    // MARK: Links and media

    /// Where a link leads.
    package static func href(_ url: String) -> Attribute { Attribute("href", url: url) }
    /// Where an image or a script comes from.
    package static func src(_ url: String) -> Attribute { Attribute("src", url: url) }
    /// What the linked thing is to this page.
    package static func rel(_ relation: StaticString) -> Attribute { Attribute("rel", relation.description) }
    /// What an image shows, in words; empty for decoration.
    package static func alt(_ text: String) -> Attribute { Attribute("alt", text) }
    /// A date or moment for machines.
    package static func datetime(_ iso: String) -> Attribute { Attribute("datetime", iso) }

    // MARK: Forms

    /// Where a form is sent.
    package static func action(_ url: String) -> Attribute { Attribute("action", url: url) }
    /// How a form is sent: `get` or `post`.
    package static func method(_ method: StaticString) -> Attribute { Attribute("method", method.description) }
    /// The kind of a field or button.
    package static func type(_ type: StaticString) -> Attribute { Attribute("type", type.description) }
    /// The name a field is sent under.
    package static func name(_ name: String) -> Attribute { Attribute("name", name) }
    /// The value a field is sent with.
    package static func value(_ value: String) -> Attribute { Attribute("value", value) }
    /// The field that a label belongs to.
    package static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
    /// What browsers and password managers may fill in.
    package static func autocomplete(_ what: StaticString) -> Attribute {
        Attribute("autocomplete", what.description)
    }
    /// The field must be filled in.
    package static func required(_ isRequired: Bool = true) -> Attribute { Attribute("required", flag: isRequired) }
    /// A box is ticked.
    package static func checked(_ isChecked: Bool) -> Attribute { Attribute("checked", flag: isChecked) }
    /// An option is chosen.
    package static func selected(_ isSelected: Bool) -> Attribute { Attribute("selected", flag: isSelected) }
    /// A field or button cannot be used now.
    package static func disabled(_ isDisabled: Bool = true) -> Attribute { Attribute("disabled", flag: isDisabled) }
    /// The field takes the focus when the page opens.
    package static var autofocus: Attribute { Attribute("autofocus", flag: true) }

    // MARK: Tables

    /// What a header cell heads: `col` or `row`.
    package static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", scope.description) }
    /// How many columns a cell spans.
    package static func colspan(_ count: Int) -> Attribute { Attribute("colspan", count) }
}
