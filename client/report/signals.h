#pragma once

#include <csignal>

namespace prism::report {

/// Keeps the signals that others may send to this process waiting, from its making on, for whoever sees to
/// them in order. One a process, before it has threads.
class Signals
{
public:
    Signals();

    /// What is kept waiting: all but what a fault of this program's own raises.
    static sigset_t all();

    /// In a process that was forked off: everything as it was at the beginning.
    void restore() const;

private:
    sigset_t m_before{};
    struct sigaction m_childBefore
    {
    };
};

} // namespace prism::report
