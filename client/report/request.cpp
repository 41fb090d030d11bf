#include "client/report/request.h"

#include "client/report/option.h"
#include "shared/protocol/try.h"

#include <QFile>

#include <cstring>

namespace prism::report {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Failure;
using protocol::Result;
using Command = Request::Command;

namespace {

Failure misuse(const QString& why)
{
    return Failure(Error{ErrorCode::Validation, why});
}

struct Word
{
    QLatin1String text;
    Command command;
};

constexpr std::array<Word, 6> commands{{{QLatin1String("run"), Command::Run},
                                        {QLatin1String("send"), Command::Send},
                                        {QLatin1String("judge"), Command::Judge},
                                        {QLatin1String("flush"), Command::Flush},
                                        {QLatin1String("--help"), Command::Help},
                                        {QLatin1String("--version"), Command::Version}}};

/// The arguments one after the other, as text or as they are.
class Arguments
{
public:
    Arguments(int argc, char* argv[])
        : m_next(argv + std::min(argc, 1))
    {
    }

    bool isAtEnd() const { return *m_next == nullptr; }
    bool isAt(const char* text) const { return !isAtEnd() && std::strcmp(*m_next, text) == 0; }
    char** rest() const { return m_next; }
    QString take() { return QFile::decodeName(*m_next++); }

private:
    char** m_next;
};

Result<Command> takeCommand(Arguments& arguments)
{
    if (arguments.isAtEnd())
        return misuse(QStringLiteral("what is to be done? One of run, send, judge, hook, flush"));
    const QString name = arguments.take();
    for (const Word& word : commands) {
        if (name == word.text)
            return word.command;
    }
    if (name == QLatin1String("-h"))
        return Command::Help;
    if (name == QLatin1String("-v"))
        return Command::Version;
    if (name != QLatin1String("hook"))
        return misuse(QStringLiteral("there is no command '%1'").arg(name));
    if (arguments.isAt("install") || arguments.isAt("agent"))
        return arguments.take() == QLatin1String("agent") ? Command::AgentHook : Command::InstallHook;
    return misuse(QStringLiteral("'hook' is followed by 'install' or 'agent'"));
}

/// `--name VALUE`, `--name=VALUE`, or `--name` alone for a switch.
Result<void> takeOption(const QString& word, Arguments& arguments, Request& request)
{
    const QString name = word.section(u'=', 0, 0).mid(2);
    const Option* option = optionNamed(name);
    if (option == nullptr)
        return misuse(QStringLiteral("there is no option '--%1'").arg(name));
    const bool hasValue = word.contains(u'=');
    if (option->isSwitch() && hasValue)
        return misuse(QStringLiteral("--%1 takes no value").arg(name));
    if (!option->isSwitch() && !hasValue && arguments.isAtEnd())
        return misuse(QStringLiteral("--%1 needs a value: %2").arg(name, QLatin1String(option->value)));
    const QString value = hasValue             ? word.section(u'=', 1)
                          : option->isSwitch() ? QString()
                                               : arguments.take();
    if (const QString why = option->put(request, value); !why.isEmpty())
        return misuse(QStringLiteral("--%1 %2").arg(name, why));
    return {};
}

/// What the command cannot do without.
Result<void> check(const Request& request)
{
    switch (request.command) {
    case Command::Run:
        if (request.program == nullptr || *request.program == nullptr)
            return misuse(QStringLiteral("run needs a command: prism-report run -- make test"));
        if (!request.words.isEmpty())
            return misuse(QStringLiteral("'%1' stands before --, behind which the command begins")
                              .arg(request.words.constFirst()));
        return {};
    case Command::Send:
        return request.reports.isEmpty() ? Result<void>(misuse(QStringLiteral("send needs a file")))
                                         : Result<void>();
    case Command::InstallHook:
        if (request.words != QStringList{QStringLiteral("pre-commit")} &&
            request.words != QStringList{QStringLiteral("pre-push")})
            return misuse(QStringLiteral("hook install needs pre-commit or pre-push"));
        return {};
    case Command::AgentHook:
    case Command::Flush:
        if (!request.words.isEmpty())
            return misuse(QStringLiteral("'%1' is not expected").arg(request.words.constFirst()));
        return {};
    default:
        return {};
    }
}

} // namespace

ReportFile ReportFile::named(const QString& text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    const auto format = protocol::valueOf(protocol::reportFormatNames, QStringView(text).mid(colon + 1));
    return colon > 0 && format ? ReportFile{text.left(colon), *format} : ReportFile{text};
}

Result<Request> readRequest(int argc, char* argv[])
{
    Arguments arguments(argc, argv);
    Request request;
    PRISM_TRY_ASSIGN(request.command, takeCommand(arguments));
    while (!arguments.isAtEnd() && request.program == nullptr) {
        if (arguments.isAt("--")) {
            arguments.take();
            request.program = arguments.rest();
            continue;
        }
        const QString word = arguments.take();
        if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
            request.command = Command::Help;
            return request;
        }
        if (word.startsWith(QLatin1String("--")))
            PRISM_TRY(takeOption(word, arguments, request));
        else if (request.command == Command::Send)
            request.reports.append(ReportFile::named(word));
        else
            request.words.append(word);
    }
    if (request.program != nullptr && request.command != Command::Run &&
        request.command != Command::InstallHook) {
        for (char** word = request.program; *word != nullptr; ++word) {
            if (request.command == Command::Send)
                request.reports.append(ReportFile::named(QFile::decodeName(*word)));
            else
                request.words.append(QFile::decodeName(*word));
        }
    }
    PRISM_TRY(check(request));
    return request;
}

} // namespace prism::report
