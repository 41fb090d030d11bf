#include "client/report/judge.h"

#include "client/report/context.h"
#include "client/report/entry.h"
#include "client/report/say.h"
#include "shared/protocol/json_writer.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonObject>

#include <cstdio>

namespace prism::report {

using protocol::Check;
using protocol::CheckStatus;
using protocol::Result;

namespace {

constexpr int blocked = 2;
constexpr qsizetype longestPart = 60'000; // code units, which are no fewer than characters
constexpr qsizetype overlap = 1'000;
constexpr qint64 mostOfInput = 1024 * 1024;

QByteArray questionOf(const QString& text, const QString& phase, const Check& context)
{
    QByteArray body;
    protocol::JsonWriter json(body);
    json.beginObject();
    const auto add = [&json](QLatin1String name, const QString& value) {
        if (!value.isEmpty())
            json.field(name, value);
    };
    add(QLatin1String("intent"), text);
    add(QLatin1String("phase"), phase);
    add(QLatin1String("user"), context.user);
    add(QLatin1String("session"), context.session);
    add(QLatin1String("project"), context.project);
    add(QLatin1String("gate"), context.gate);
    add(QLatin1String("branch"), context.branch);
    add(QLatin1String("commit"), context.commit);
    add(QLatin1String("url"), context.url);
    if (context.origin)
        json.field(QLatin1String("origin"), toString(*context.origin));
    json.endObject();
    return body;
}

/// From there on, without half a character at either end.
QString partOf(const QString& text, qsizetype at)
{
    QString part = text.mid(at, longestPart);
    if (!part.isEmpty() && part.front().isLowSurrogate())
        part.remove(0, 1);
    if (!part.isEmpty() && part.back().isHighSurrogate())
        part.chop(1);
    return part;
}

} // namespace

Judge::Judge(const Request& request, const Check& context)
    : m_request(request)
    , m_context(context)
{
}

Judge::Verdict Judge::judge(const QString& text) const
{
    const Result<Config> config = Config::read(m_request.server);
    if (!config)
        return {CheckStatus::Pass, {}, config.error().message + u' ' + config.error().details.join(u' ')};
    Server server(*config);
    const Entry names = Entry::withNewKey();
    const QDeadlineTimer until(m_request.timeout);
    Verdict all;
    qsizetype number = 0;
    for (qsizetype at = 0; at == 0 || at + overlap < text.size(); at += longestPart - overlap) {
        const Verdict verdict = judgePart(server, names.keyOf(number++), partOf(text, at),
                                          std::chrono::milliseconds(until.remainingTime()));
        if (!verdict.trouble.isEmpty())
            return verdict;
        all.status = std::max(all.status, verdict.status);
        all.violations += verdict.violations;
    }
    return all;
}

Judge::Verdict Judge::judgePart(Server& server, const QByteArray& key, const QString& text,
                                std::chrono::milliseconds patience) const
{
    const Answer answer = server.post(QStringLiteral("/api/v1/gateway/check"), "application/json", key,
                                      questionOf(text, m_request.phase, m_context), patience);
    if (!answer.isSuccess())
        return {CheckStatus::Pass, {}, answer.trouble};
    const Result<Check> check = protocol::checkFromJson(answer.data.toObject());
    if (!check)
        return {CheckStatus::Pass, {}, QStringLiteral("the server's answer is no verdict")};
    return {check->status, check->violations, {}};
}

int conclude(const Judge::Verdict& verdict, bool failClosed, int warning)
{
    if (!verdict.trouble.isEmpty())
        return giveUp(verdict.trouble, failClosed);
    for (const protocol::Violation& violation : verdict.violations) {
        const QString name =
            violation.principleName.isEmpty() ? violation.principleId : violation.principleName;
        sayPlainly(QStringLiteral("%1 %2: %3").arg(toString(violation.severity), name, violation.message));
    }
    switch (verdict.status) {
    case CheckStatus::Blocked:
        return blocked;
    case CheckStatus::Warning:
        return warning;
    case CheckStatus::Pass:
        break;
    }
    return 0;
}

int giveUp(const QString& why, bool failClosed)
{
    say(failClosed ? QStringLiteral("not judged, and so blocked (--fail-closed): ") + why
                   : QStringLiteral("not judged, and let pass (--fail-closed would block): ") + why);
    return failClosed ? blocked : 0;
}

std::optional<QByteArray> standardInput(qint64 most)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return QByteArray();
    QByteArray text;
    while (text.size() <= most) {
        const QByteArray more = input.read(most + 1 - text.size());
        if (more.isEmpty())
            return text;
        text += more;
    }
    return std::nullopt;
}

int judge(const Request& request)
{
    std::optional<QString> text = request.words.join(u' ');
    if (request.words.isEmpty()) {
        const std::optional<QByteArray> input = standardInput(mostOfInput);
        text = input ? std::optional(QString::fromUtf8(*input)) : std::nullopt;
    }
    if (!text)
        return giveUp(QStringLiteral("the text has more than %1 bytes").arg(mostOfInput), request.failClosed);
    if (text->trimmed().isEmpty())
        return 0; // such as a commit that changes a message alone
    const Judge judge(request, contextOf(request.context, QDir::currentPath()));
    return conclude(judge.judge(text->replace(QChar(0), QChar::ReplacementCharacter)), request.failClosed,
                    request.strict ? 1 : 0);
}

} // namespace prism::report
