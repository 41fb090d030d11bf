#include "client/report/agent_hook.h"

#include "client/report/context.h"
#include "client/report/judge.h"
#include "shared/protocol/json_text.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

namespace prism::report {

using protocol::Result;

namespace {

constexpr qint64 mostOfCall = 1024 * 1024;
constexpr int deepestCall = 64;

/// A line for each value, without JSON's escapes, so that rules find in it what was written.
void addLines(const QString& name, const QJsonValue& value, QString& text)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            addLines(member.key(), member.value(), text);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const auto& each : array)
            addLines(name, each, text);
    } else if (!value.isNull()) {
        text += name + QStringLiteral(": ") + value.toVariant().toString() + u'\n';
    }
}

/// Hooks are told of much else too, such as the end of a call. What is only about to happen is named so.
bool isAhead(const QString& event)
{
    return event.isEmpty() || event.startsWith(QLatin1String("pre"), Qt::CaseInsensitive) ||
           event.startsWith(QLatin1String("before"), Qt::CaseInsensitive);
}

} // namespace

int agentHook(const Request& request)
{
    const std::optional<QByteArray> input = standardInput(mostOfCall);
    if (!input)
        return giveUp(QStringLiteral("the tool call has more than %1 bytes").arg(mostOfCall),
                      request.failClosed);
    const Result<QJsonObject> call = protocol::parseObject(*input, deepestCall);
    if (!call)
        return giveUp(QStringLiteral("standard input is no tool call: ") + call.error().message,
                      request.failClosed);
    const auto said = [&call](const char* name) { return call->value(QLatin1String(name)).toString(); };
    if (!isAhead(said("hook_event_name")))
        return 0;
    const QString tool = said("tool_name");
    if (tool.isEmpty())
        return giveUp(QStringLiteral("standard input is no tool call: tool_name is missing"),
                      request.failClosed);

    QString text = QStringLiteral("tool: ") + tool + u'\n';
    addLines(QStringLiteral("input"), call->value(QLatin1String("tool_input")), text);
    Request asked = request;
    asked.context.origin = request.context.origin.value_or(protocol::CheckOrigin::Agent);
    if (asked.context.session.isEmpty())
        asked.context.session = said("session_id");
    if (asked.context.gate.isEmpty())
        asked.context.gate = QStringLiteral("agent");
    if (asked.phase.isEmpty())
        asked.phase = QStringLiteral("EXECUTE");
    const QString folder = said("cwd");
    const Judge judge(asked,
                      contextOf(asked.context, QDir::isAbsolutePath(folder) ? folder : QDir::currentPath()));
    constexpr int blocks = 2;
    return conclude(judge.judge(text), request.failClosed, request.strict ? blocks : 0);
}

} // namespace prism::report
