#pragma once

#include "client/report/signals.h"

#include <QString>

#include <chrono>
#include <functional>

namespace prism::report {

/// How a command ended.
struct Ending
{
    int status = 0; ///< as waitpid() has it
    int error = 0;  ///< errno, where it could not be started
    std::chrono::duration<double, std::milli> duration{};

    bool isGood() const;

    /// "exit code 3", for a person.
    QString words() const;
};

/// A command that runs as if it had been started in place of this program: with the same standard streams,
/// terminal, process group, environment and signals. Whoever watches or signals this process cannot tell the
/// difference.
class Child
{
public:
    explicit Child(const Signals& kept)
        : m_signals(kept)
    {
    }

    /// Runs it until it ends. `meanwhile` is called once it runs. Gives up this process's own standard input
    /// and output, which are the command's.
    Ending run(char** arguments, const std::function<void()>& meanwhile) const;

    /// Ends this process as the command ended: with its code, or by its signal.
    [[noreturn]] static void endAs(const Ending& ending);

private:
    [[noreturn]] void become(char** arguments, int toTell) const;

    const Signals& m_signals;
};

} // namespace prism::report
