#include "client/ui/administration/audit_words.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <QDateTime>
#include <QHash>
#include <QJsonDocument>

namespace prism::ui {

namespace {

QString written(const QJsonObject& state)
{
    return QString::fromUtf8(QJsonDocument(state).toJson()).trimmed();
}

} // namespace

QStringList AuditWords::kinds()
{
    return {QStringLiteral("record"),   QStringLiteral("violation"), QStringLiteral("alert"),
            QStringLiteral("settings"), QStringLiteral("rules"),     QStringLiteral("gate"),
            QStringLiteral("hook"),     QStringLiteral("token"),     QStringLiteral("refused")};
}

QString AuditWords::kind(const QString& kind)
{
    const QHash<QString, QString> words{{QStringLiteral("record"), tr("Records")},
                                        {QStringLiteral("violation"), tr("Violations")},
                                        {QStringLiteral("alert"), tr("Alerts")},
                                        {QStringLiteral("settings"), tr("Settings")},
                                        {QStringLiteral("rules"), tr("Rules")},
                                        {QStringLiteral("gate"), tr("Gates")},
                                        {QStringLiteral("hook"), tr("Webhooks")},
                                        {QStringLiteral("token"), tr("Tokens")},
                                        {QStringLiteral("refused"), tr("What was refused")}};
    return words.value(kind, kind);
}

QString AuditWords::action(const QString& action)
{
    const QHash<QString, QString> words{{QStringLiteral("record.create"), tr("Record created")},
                                        {QStringLiteral("record.update"), tr("Record changed")},
                                        {QStringLiteral("record.delete"), tr("Record deleted")},
                                        {QStringLiteral("violation.mark"), tr("Violation marked")},
                                        {QStringLiteral("alert.acknowledge"), tr("Alert acknowledged")},
                                        {QStringLiteral("alert.mute"), tr("Alerts muted")},
                                        {QStringLiteral("alert.unmute"), tr("Alerts unmuted")},
                                        {QStringLiteral("settings.update"), tr("Settings changed")},
                                        {QStringLiteral("rules.update"), tr("Rules changed")},
                                        {QStringLiteral("gate.delete"), tr("Gate removed")},
                                        {QStringLiteral("hook.create"), tr("Webhook made")},
                                        {QStringLiteral("hook.revoke"), tr("Webhook ended")},
                                        {QStringLiteral("token.create"), tr("Token made")},
                                        {QStringLiteral("token.rotate"), tr("Token made anew")},
                                        {QStringLiteral("token.revoke"), tr("Token revoked")},
                                        {QStringLiteral("refused"), tr("Refused")}};
    return words.value(action, action);
}

QString AuditWords::who(const model::AuditEntry& entry)
{
    if (!entry.tokenName.isEmpty())
        return isolated(entry.tokenName.simplified());
    if (!entry.tokenId.isEmpty())
        return entry.tokenId;
    return entry.action == QLatin1String("refused") ? tr("nobody who is known")
                                                    : tr("whoever runs the server");
}

QString AuditWords::details(const model::AuditEntry& entry, const QLocale& locale)
{
    const auto moment = [&locale](protocol::Timestamp time) {
        return locale.toString(protocol::toDateTime(time).toLocalTime(), QLocale::LongFormat);
    };
    QStringList lines;
    const auto add = [&lines](const QString& name, const QString& value) {
        if (!value.isEmpty())
            lines.append(tr("%1: %2", "name, value").arg(name, value));
    };
    add(tr("When"), moment(entry.at));
    if (entry.count > 1) {
        add(tr("How often"), Format(locale).count(entry.count));
        add(tr("For the last time"), entry.lastAt ? moment(*entry.lastAt) : QString());
    }
    add(tr("Who"), who(entry));
    add(tr("Token"), entry.tokenId);
    add(tr("Address"), entry.address);
    add(tr("What"), action(entry.action));
    add(tr("On what"), isolated(entry.subject));
    add(tr("Request"), entry.requestId);
    if (!entry.before.isEmpty())
        lines << QString() << tr("Before:") << written(entry.before);
    if (!entry.after.isEmpty())
        lines << QString() << tr("After:") << written(entry.after);
    return lines.join(QLatin1Char('\n'));
}

} // namespace prism::ui
