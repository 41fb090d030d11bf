#pragma once

#include "shared/protocol/error.h"

#include <QStringList>

namespace prism::protocol {

class ObjectReader;

/// Which projects somebody is let see: all, or some alone. A value.
class Reach
{
public:
    /// All.
    Reach() = default;

    /// These alone; all where there is none.
    explicit Reach(const QStringList& projects);

    /// None at all.
    static Reach nothing();

    bool isLimited() const { return !m_projects.isEmpty(); }

    /// Sorted, each once; none where it is not limited.
    const QStringList& projects() const { return m_projects; }

    /// Older programs stored names as they were sent, so it may be decomposed.
    bool has(const QString& project) const;

    /// Those of the projects asked for that are within it, all of its own where none is asked for. None
    /// stands for all; where nothing that was asked for is within it there is one that no project can be, so
    /// that what is hidden and what is not there are answered alike.
    QStringList within(const QStringList& asked) const;

    /// The project that something new goes to: the one that is named, or the only one there is. NotAllowed.
    Result<QString> placeFor(const QString& named) const;

    bool operator==(const Reach&) const = default;

private:
    QStringList m_projects;
};

/// Reads {projects?}: `most` of them at most.
Reach readReach(ObjectReader& reader, qsizetype most);

} // namespace prism::protocol
