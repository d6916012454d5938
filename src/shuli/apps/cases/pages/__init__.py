"""What the pages of cases show, put together from queries; and how answers come back to the browser."""
