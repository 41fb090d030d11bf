#pragma once

#include "shared/protocol/timestamp.h"

#include <QCoreApplication>
#include <QLocale>

#include <chrono>
#include <optional>

class QDateTime;

namespace prism::ui {

/// Raw values as a person reads them, in one language and the customs that go with it.
class Format
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::Format)

public:
    explicit Format(const QLocale& locale)
        : m_locale(locale)
    {
    }

    /// What stands for a value that does not exist.
    static QString none();

    /// Several texts, one after the other.
    static QString list(const QStringList& texts);

    /// 12,345
    QString count(qint64 value) const;
    /// At most `digits` decimals, none that are zero.
    QString decimal(double value, int digits = 1) const;
    /// A fraction from 0 to 1 as 12.5%.
    QString rate(std::optional<double> fraction) const;
    /// A time of milliseconds, precise while it is short: 8.42 ms, 132 ms, 12.3 s.
    QString milliseconds(std::optional<double> ms) const;
    /// How far something lags behind, never more precise than it can be measured: 12 ms, 1.4 s.
    QString lag(std::chrono::milliseconds lag) const;
    /// A time of minutes or hours, in milliseconds: 3 min 20 s.
    QString duration(std::optional<double> ms) const;
    /// How old something is, or how long until something, in the largest unit that fits: 18 s, 5 min, 3 h.
    QString age(std::chrono::milliseconds age) const;
    /// Hours and minutes of the local day: 14:02.
    QString clock(protocol::Timestamp time) const;
    /// The local time of day to the second; date and time to the minute when it is not the day of `now`.
    QString moment(const QDateTime& time, const QDateTime& now) const;

private:
    QLocale m_locale;
};

} // namespace prism::ui
