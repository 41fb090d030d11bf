#include "client/report/config.h"

#include "client/report/files.h"
#include "client/report/ini_file.h"
#include "shared/protocol/json_reader.h"

namespace prism::report {

using protocol::ErrorCode;
using protocol::Problems;
using protocol::Result;

namespace {

constexpr qint64 mostOfSettings = 64 * 1024;

QUrl readServer(const QString& text, Problems& problems)
{
    QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !isHttp || url.host().isEmpty() || url.hasQuery() || url.hasFragment())
        problems.add(ErrorCode::Validation, QStringLiteral("url"),
                     QStringLiteral("is not the address of a server; it looks like http://127.0.0.1:3000"));
    else if (!url.userInfo().isEmpty())
        problems.add(ErrorCode::Validation, QStringLiteral("url"),
                     QStringLiteral("must not hold a password; PRISM_TOKEN says who is asking"));
    return url.path() == u'/' ? url.adjusted(QUrl::RemovePath) : url.adjusted(QUrl::StripTrailingSlash);
}

qint64 readBound(const QString& name, const QString& text, qint64 fallback, Problems& problems)
{
    if (text.isEmpty())
        return fallback;
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number < 1)
        problems.add(ErrorCode::Validation, name, QStringLiteral("must be a whole number from 1"));
    return number;
}

QByteArray readToken(const QString& text, Problems& problems)
{
    const bool isVisible =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
    if (!isVisible)
        problems.add(ErrorCode::Validation, QStringLiteral("token"),
                     QStringLiteral("must be visible ASCII characters"));
    return text.toLatin1();
}

} // namespace

Result<Config> Config::read(const QString& serverFlag)
{
    const QString path =
        baseFolder("XDG_CONFIG_HOME", QLatin1String(".config")) + QStringLiteral("/prism/report.ini");
    const IniFile file(contentOf(path, mostOfSettings).value_or(QByteArray()));
    const auto said = [&file](const char* variable, QStringView key) {
        const QString text = qEnvironmentVariable(variable);
        return text.isEmpty() ? file.value({}, key) : text;
    };
    Problems problems;
    Config config;
    QString server = serverFlag.isEmpty() ? said("PRISM_URL", u"url") : serverFlag;
    if (server.isEmpty())
        server = QStringLiteral("http://127.0.0.1:3000");
    config.server = readServer(server, problems);
    config.token = readToken(said("PRISM_TOKEN", u"token"), problems);
    config.certificates = said("PRISM_CA", u"ca");
    config.spoolCount = readBound(QStringLiteral("spool-count"), said("PRISM_SPOOL_COUNT", u"spool-count"),
                                  config.spoolCount, problems);
    config.spoolBytes = readBound(QStringLiteral("spool-bytes"), said("PRISM_SPOOL_BYTES", u"spool-bytes"),
                                  config.spoolBytes, problems);
    if (!problems.isEmpty())
        return protocol::Failure(problems.toError(QStringLiteral("The settings are not valid.")));
    return config;
}

} // namespace prism::report
