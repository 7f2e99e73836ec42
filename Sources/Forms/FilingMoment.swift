/// When a cumulative form was filed, and what was filed before it.
package struct FilingMoment: Sendable {
    /// The year of the filing.
    package let year: Int
    /// The month that it is for, from 1.
    package let month: Int
    /// What an earlier filing told; nil where there is none.
    package let earlier: Earlier?

    /// An earlier filing.
    package struct Earlier: Sendable {
        /// Its year.
        package let year: Int
        /// Its month.
        package let month: Int
        /// Its numbers.
        package let table: FormTable

        /// An earlier filing.
        package init(year: Int, month: Int, table: FormTable) {
            self.year = year
            self.month = month
            self.table = table
        }
    }

    /// A moment.
    package init(year: Int, month: Int, earlier: Earlier? = nil) {
        self.year = year
        self.month = month
        self.earlier = earlier
    }
}
