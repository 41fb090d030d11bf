#pragma once

#include "shared/protocol/timestamp.h"

#include <QStringView>

namespace prism::protocol {

/// Reads one ISO 8601 time; see readIso(), which is what to call. Borrows the text.
class IsoReader
{
public:
    explicit IsoReader(QStringView text)
        : m_text(text)
    {
    }

    tl::expected<Timestamp, QString> read();

private:
    bool readDate();
    bool readTime();
    bool readFraction();
    bool readZone();
    bool readOffset(int sign);
    tl::expected<Timestamp, QString> composed() const;

    std::optional<int> digits(qsizetype count);
    bool take(char16_t wanted);
    bool refuse(const QString& why);

    const QStringView m_text;
    qsizetype m_at = 0;
    QString m_why;
    std::chrono::sys_days m_day;
    int m_hour = 0;
    int m_minute = 0;
    int m_second = 0;
    int m_millisecond = 0;
    bool m_hasPart = false;         ///< anything but zeros behind the second
    std::chrono::minutes m_ahead{}; ///< of UTC
};

} // namespace prism::protocol
