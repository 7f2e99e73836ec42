import Markup

/// One number that matters, what it counts, and the list behind it.
package struct Tile: Hashable, Sendable {
    /// The number, formatted.
    package let value: String
    /// What it counts.
    package let label: String
    /// What there is to say beside it: since when, of how many.
    package let note: String?
    /// The list behind the number; every number opens.
    package let address: String?
    /// The state whose colour it bears; nil for a neutral one. A zero should be neutral.
    package let state: ClockState?

    /// A tile.
    package init(value: String, label: String, note: String? = nil, address: String? = nil, state: ClockState? = nil) {
        self.value = value
        self.label = label
        self.note = note
        self.address = address
        self.state = state
    }
}

extension HTML {
    /// A row of numbers.
    package mutating func tiles(_ tiles: [Tile]) {
        ul(.class("tiles")) { html in
            for tile in tiles {
                html.li(.class("tile " + (tile.state?.className ?? "is-neutral"))) { html in
                    html.p(.class("tile-value"), text: tile.value)
                    html.p(.class("tile-label")) { html in
                        if let state = tile.state { html.icon(state.icon) }
                        if let address = tile.address {
                            html.a(.href(address), text: tile.label)
                        } else {
                            html.text(tile.label)
                        }
                    }
                    if let note = tile.note { html.p(.class("tile-note"), text: note) }
                }
            }
        }
    }
}
