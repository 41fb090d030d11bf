#include "server/app/log.h"

#include "shared/protocol/timestamp.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <cstdio>

namespace prism::app {

namespace {

const char* nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

void writeLine(const QByteArray& line)
{
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

void writeText(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    writeLine(protocol::toIso(protocol::now()).toLatin1() + ' ' + nameOf(type) + ' ' + context.category +
              ": " + QString(message).replace(QLatin1Char('\n'), QLatin1String("\\n")).toUtf8() + '\n');
}

void writeJson(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QJsonObject entry{{QLatin1String("timestamp"), protocol::toIso(protocol::now())},
                            {QLatin1String("level"), QString::fromLatin1(nameOf(type))},
                            {QLatin1String("category"), QString::fromLatin1(context.category)},
                            {QLatin1String("message"), message}};
    writeLine(QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace

void installLog(LogLevel level, LogFormat format)
{
    QString rules = QStringLiteral("*.debug=false\n");
    if (level == LogLevel::Debug)
        rules = QStringLiteral("prism.*.debug=true\n");
    if (level >= LogLevel::Warning)
        rules += QStringLiteral("*.info=false\n");
    if (level >= LogLevel::Error)
        rules += QStringLiteral("*.warning=false\n");
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(format == LogFormat::Json ? writeJson : writeText);
}

} // namespace prism::app
