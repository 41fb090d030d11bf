#include "server/analytics/finding_key.h"

#include <QCryptographicHash>

#include <algorithm>

namespace prism::analytics {

namespace {

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

bool isInWord(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

/// Where the number ends that begins at `place`: one may go on behind a point or a comma.
qsizetype endOfNumber(QStringView text, qsizetype place)
{
    while (true) {
        while (place < text.size() && isInWord(text[place]))
            ++place;
        const bool isPoint =
            place + 1 < text.size() && (text[place] == QLatin1Char('.') || text[place] == QLatin1Char(','));
        if (!isPoint || !isDigit(text[place + 1]))
            return place;
        ++place;
    }
}

qsizetype endOfWord(QStringView text, qsizetype place)
{
    while (place < text.size() && isInWord(text[place]))
        ++place;
    return place;
}

} // namespace

QString withoutNumbers(QStringView message)
{
    QString text;
    text.reserve(message.size());
    for (qsizetype place = 0; place < message.size();) {
        if (isDigit(message[place])) {
            text.append(QLatin1Char('#'));
            place = endOfNumber(message, place);
            continue;
        }
        const qsizetype end = std::max(endOfWord(message, place), place + 1);
        text.append(message.sliced(place, end - place));
        place = end;
    }
    return text;
}

QByteArray findingKey(const QString& project, const protocol::Violation& violation)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString& part) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArrayView("\0", 1)); // which no text has
    };
    add(project);
    add(violation.principleId);
    if (!violation.fingerprint.isEmpty()) {
        add(QStringLiteral("fingerprint"));
        add(violation.fingerprint);
    } else {
        add(QStringLiteral("place"));
        add(violation.file);
        add(withoutNumbers(violation.message));
    }
    return hash.result();
}

} // namespace prism::analytics
