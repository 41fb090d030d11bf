#include "client/ui/widgets/error_words.h"

#include "client/ui/widgets/foreign_text.h"

#include <QRegularExpression>

namespace prism::ui {

using protocol::Error;
using protocol::ErrorCode;

namespace {

/// What is said in English, with its numbers; and what it is for a person.
struct Known
{
    const char* english;
    const char* words;
};

/// Of one field.
constexpr Known reasons[] = {
    {"must be a whole number from (\\S+) to (\\S+)",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must be a whole number from %1 to %2")},
    {"must be from (\\S+) to (\\S+)", QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must be from %1 to %2")},
    {"(?:an entry )?has (\\d+) characters, at most (\\d+) are allowed",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "has %1 characters, at most %2 are allowed")},
    {"has (\\d+) entries, at most (\\d+) are allowed",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "has %1 entries, at most %2 are allowed")},
    {"has (\\d+) bytes, at most (\\d+) are allowed",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "has %1 bytes, at most %2 are allowed")},
    {"is required|must not be empty|must not be blank.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must not be empty")},
    {"(?:an entry )?must (?:not contain a NUL character|be valid Unicode text)",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "has a character that cannot be stored")},
    {"(?:'.*' )?must be one of .*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must be one of those that are offered")},
    {"must be a text, or a list of 1 to (\\d+) texts",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must have from 1 to %1 entries")},
    {"is not known.*|is not a known field",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "is not known to this server")},
    {"is more than (\\d+) minutes ahead of the server's clock",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "is more than %1 minutes ahead of the server's clock")},
    {"must be an ISO 8601 time.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "must be a date and a time of day")},
    {"'.*' is taken", QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "is taken already")},
};

/// Of a whole request.
constexpr Known sentences[] = {
    {"The server at .* cannot be reached.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server cannot be reached right now.")},
    {"The server did not answer in time\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server did not answer in time.")},
    {"The server answered more than this dashboard takes in\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server answered more than this dashboard takes in.")},
    {"The answer is not one of a PRISM Gateway server\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server's answer could not be understood. Is this a PRISM server?")},
    {"The server is stopping\\.", QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server is stopping.")},
    {"Others' reads took the (\\S+) s that a read may wait for its turn.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server was busy for %1 s with what others asked. Try again later.")},
    {"(?:This address has as many reads|As many reads wait).*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server has too much to do. Try again later.")},
    {"The answer was not ready within the (\\S+) s that a read may take.*",
     QT_TRANSLATE_NOOP(
         "prism::ui::ErrorWords",
         "The answer was not ready within %1 s. Ask for less: a shorter period, or fewer entries.")},
    {"The server has as many connections as it takes.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server has as many connections as it takes.")},
    {"The database file is damaged.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server's database is damaged. What to do stands in the server's log.")},
    {"The database .* cannot be used now: the disk is full\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords", "The server's disk is full.")},
    {"The database .* cannot be (?:used now|written to).*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server's database cannot be used right now. Why stands in the server's log.")},
    {"This Idempotency-Key was used for another request\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server took this for something that was sent before. Send it again.")},
    {"Two from this address wait to be let in already.*",
     QT_TRANSLATE_NOOP(
         "prism::ui::ErrorWords",
         "Two from this address wait to be let in already. Have one of them let in, or try again in "
         "ten minutes.")},
    {"As many as may wait to be let in already.*",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "As many as may wait to be let in at this server already. Try again in ten minutes.")},
    {"This server does not answer as the host that was asked for\\.",
     QT_TRANSLATE_NOOP("prism::ui::ErrorWords",
                       "The server does not answer at this address. Whoever runs it can allow it.")},
};

QRegularExpressionMatch matchOf(const Known& known, const QString& english)
{
    const QRegularExpression whole(QRegularExpression::anchoredPattern(QLatin1String(known.english)));
    return whole.match(english);
}

} // namespace

QString ErrorWords::sentence(const Error& error, const Label& label) const
{
    for (const Known& known : sentences) {
        if (const auto match = matchOf(known, error.message); match.hasMatch()) {
            const QString words = tr(known.words);
            return match.lastCapturedIndex() > 0 ? words.arg(number(match.captured(1), {})) : words;
        }
    }
    switch (error.code) {
    case ErrorCode::Validation:
    case ErrorCode::FieldMissing:
    case ErrorCode::BadFormat:
    case ErrorCode::TooLong:
        if (const QString fields = fieldByField(error, label); !fields.isEmpty())
            return fields;
        return error.code == ErrorCode::TooLong ? tr("This is more than the server takes.")
                                                : tr("The server does not take this.");
    case ErrorCode::NotJson:
        return tr("The server's answer could not be understood. Is this a PRISM server?");
    case ErrorCode::NotAuthenticated:
    case ErrorCode::TokenInvalid:
    case ErrorCode::NotAllowed:
        return tr("The server does not allow it.");
    case ErrorCode::NotFound:
        return tr("The server does not know it.");
    case ErrorCode::AlreadyExists:
        return tr("There is one of this name already.");
    case ErrorCode::VersionConflict:
        return tr("Somebody else changed it meanwhile.");
    case ErrorCode::Quota:
    case ErrorCode::RateLimit:
        return tr("The server has too much to do. Try again later.");
    case ErrorCode::Unavailable:
        return tr("The server is not available right now.");
    case ErrorCode::Internal:
        break;
    }
    return tr("The server failed. Why stands in its log.");
}

QString ErrorWords::fieldByField(const Error& error, const Label& label) const
{
    QStringList said;
    for (const QString& detail : error.details) {
        const QString field = detail.section(QLatin1String(": "), 0, 0);
        const QString name = label ? label(field) : QString();
        if (!name.isEmpty())
            said.append(tr("%1: %2.", "field, what is wrong with it")
                            .arg(isolated(name), reason(detail.mid(field.size() + 2))));
    }
    said.removeDuplicates();
    return said.join(QLatin1Char(' '));
}

QString ErrorWords::reason(const QString& why, const Number& shown) const
{
    for (const Known& known : reasons) {
        const auto match = matchOf(known, why);
        if (!match.hasMatch())
            continue;
        const QString words = tr(known.words);
        switch (match.lastCapturedIndex()) {
        case 0:
            return words;
        case 1:
            return words.arg(number(match.captured(1), shown));
        default:
            return words.arg(number(match.captured(1), shown), number(match.captured(2), shown));
        }
    }
    return tr("is not what the server takes");
}

QString ErrorWords::number(const QString& digits, const Number& shown) const
{
    bool isNumber = false;
    const double value = QLocale::c().toDouble(digits, &isNumber);
    if (!isNumber)
        return digits;
    return shown ? shown(value) : m_locale.toString(value, 'g', 12);
}

} // namespace prism::ui
