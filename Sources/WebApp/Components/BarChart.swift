import Markup

/// A chart of columns, drawn as SVG on the server: categories along the bottom, one or more series on each other.
///
/// Behind the drawing stands a table with the same numbers, for the ear, for print and for copying.
package struct BarChart: Sendable {
    /// One part of every column.
    package struct Series: Sendable {
        /// What it counts.
        package let name: String
        /// The class of its colour: `is-met`, `is-breached`, `is-running`, `is-neutral`…
        package let className: String
        /// A value for each category.
        package let values: [Int]

        /// A series.
        package init(_ name: String, className: String, values: [Int]) {
            self.name = name
            self.className = className
            self.values = values
        }
    }

    /// What is counted, as the heading.
    package let title: String
    /// What a category is: day, hour, month.
    package let categoryName: String
    /// The categories: the long name for the table, the short one for the axis (empty for none).
    package let categories: [(name: String, mark: String)]
    /// The parts of the columns, from below.
    package let series: [Series]

    /// A chart.
    package init(
        title: String, categoryName: String, categories: [(name: String, mark: String)], series: [Series]
    ) {
        self.title = title
        self.categoryName = categoryName
        self.categories = categories
        self.series = series
    }

    /// The height of the column of a category, in what is counted.
    func total(_ index: Int) -> Int { series.reduce(0) { $0 + $1.values[index] } }

    /// How many cases the whole chart stands on.
    package var sum: Int { categories.indices.reduce(0) { $0 + total($1) } }

    /// Whether there is nothing to draw.
    package var isEmpty: Bool { categories.indices.allSatisfy { total($0) == 0 } }

    /// The distance of the lines of the grid: 1, 2 or 5 times a power of ten, at most five lines.
    static func step(for highest: Int) -> Int {
        var step = 1
        while true {
            for factor in [1, 2, 5] where highest <= step * factor * 5 { return step * factor }
            step *= 10
        }
    }
}

extension HTML {
    /// Draws a chart with its legend and the table behind it.
    package mutating func barChart(_ chart: BarChart, _ view: View) {
        figure(.class("chart")) { html in
            html.figcaption { html in
                html.span(.class("chart-title")) { html in
                    html.text(chart.title)
                    html.span(.class("chart-base"), text: "n = " + NumberText.whole(chart.sum))
                }
                if chart.series.count > 1 {
                    for series in chart.series {
                        html.span(.class("legend \(series.className)")) { html in
                            html.svg(width: 10, height: 10, .ariaHidden) {
                                $0.rect(x: 0, y: 0, width: 10, height: 10)
                            }
                            html.text(series.name)
                        }
                    }
                }
            }
            html.div(.class("chart-frame"), .tabindex(0), .role("group"), .ariaLabel(chart.title)) { html in
                html.drawing(of: chart)
            }
            html.details(.class("chart-table")) { html in
                html.summary(text: view.t("chart.table"))
                html.table(of: chart)
            }
        }
    }

    private mutating func drawing(of chart: BarChart) {
        let (width, height, left, bottom, top) = (760, 200, 44, 22, 8)
        let highest = max(chart.categories.indices.map(chart.total).max() ?? 0, 1)
        let step = BarChart.step(for: highest)
        let ceiling = (highest + step - 1) / step * step
        let plot = height - top - bottom
        func y(_ value: Int) -> Int { height - bottom - value * plot / ceiling }
        svg(width: width, height: height, .class("bars"), .ariaHidden) { html in
            for value in stride(from: 0, through: ceiling, by: step) {
                html.rect(x: left, y: y(value), width: width - left, height: 1, .class("grid"))
                html.drawnText(
                    x: left - 6, y: y(value) + 4, Attribute("text-anchor", "end"), text: NumberText.whole(value))
            }
            let slots = max(chart.categories.count, 1)
            for (index, category) in chart.categories.enumerated() {
                let start = left + (width - left) * index / slots
                let end = left + (width - left) * (index + 1) / slots
                let gap = max((end - start) / 5, 1)
                var below = 0
                for series in chart.series where series.values[index] > 0 {
                    let above = below + series.values[index]
                    html.rect(
                        x: start + gap, y: y(above), width: max(end - start - 2 * gap, 2),
                        height: max(y(below) - y(above), 1), .class(series.className))
                    below = above
                }
                if !category.mark.isEmpty {
                    html.drawnText(
                        x: (start + end) / 2, y: height - 6, Attribute("text-anchor", "middle"), text: category.mark)
                }
            }
        }
    }

    private mutating func table(of chart: BarChart) {
        let columns =
            [Column(chart.categoryName)] + chart.series.map { Column($0.name, isNumeric: true) }
        dataTable(caption: chart.title, columns: columns, rows: Array(chart.categories.enumerated())) {
            row, html, entry in
            row.cell(&html, entry.element.name)
            for series in chart.series { row.cell(&html, NumberText.whole(series.values[entry.offset])) }
        }
    }
}
