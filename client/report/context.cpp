#include "client/report/context.h"

#include "client/report/ci_system.h"
#include "client/report/git_folder.h"
#include "shared/protocol/text.h"

#include <QDir>

namespace prism::report {

using protocol::Check;
using protocol::CheckOrigin;

namespace {

struct Field
{
    QString Check::*text;
    qsizetype most;
};

// As protocol::readContext takes them.
constexpr std::array<Field, 7> fields{{{&Check::user, 100},
                                       {&Check::session, 100},
                                       {&Check::project, 100},
                                       {&Check::gate, 200},
                                       {&Check::branch, 300},
                                       {&Check::commit, 100},
                                       {&Check::url, 2000}}};

void addMissing(Check& context, const Check& other)
{
    for (const Field& field : fields) {
        if ((context.*field.text).isEmpty())
            context.*field.text = other.*field.text;
    }
    if (!context.origin)
        context.origin = other.origin;
}

/// Names one after the other, of the environment.
QString nameOfPerson()
{
    const QString name = qEnvironmentVariable("LOGNAME");
    return name.isEmpty() ? qEnvironmentVariable("USER") : name;
}

Check contextOfClone(const QString& folder)
{
    const GitFolder git(folder);
    Check context;
    if (git.isThere()) {
        context.project = git.project();
        context.branch = git.branch();
        context.commit = git.commit();
        context.user = git.user();
    } else {
        context.project = QDir(folder).dirName();
    }
    if (context.user.isEmpty())
        context.user = nameOfPerson();
    context.origin = isOnCiSystem() ? CheckOrigin::Ci : CheckOrigin::Local;
    return context;
}

} // namespace

Check contextOf(const Check& flags, const QString& folder)
{
    Check context = flags;
    if (const std::optional<Check> ci = contextOfCiSystem())
        addMissing(context, *ci);
    addMissing(context, contextOfClone(folder));
    for (const Field& field : fields)
        context.*field.text = protocol::firstCharacters(protocol::cleaned(context.*field.text), field.most);
    return context;
}

} // namespace prism::report
