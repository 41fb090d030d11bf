#pragma once

#include <QString>

#include <optional>

namespace prism::store {

/// A place in a list ordered by (timestamp, ordinal), newest first.
struct TimeCursor
{
    qint64 timestamp = 0;
    qint64 ordinal = 0;

    QString toText() const;

    /// Nothing when the text was not made by toText().
    static std::optional<TimeCursor> fromText(QStringView text);
};

} // namespace prism::store
