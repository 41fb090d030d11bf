#pragma once

#include "client/report/ini_file.h"

#include <QString>
#include <QStringList>

namespace prism::report {

/// What a clone says of itself, read from its files: starting `git` takes longer than most of what is
/// measured. Empty texts where there is no clone, or it does not say.
class GitFolder
{
public:
    /// The clone that `folder` lies in, or that $GIT_DIR names, as in a hook.
    explicit GitFolder(const QString& folder);

    bool isThere() const { return !m_folder.isEmpty(); }

    /// The last part of the address that it was cloned from, else the name of its folder.
    QString project() const;
    QString branch() const;
    QString commit() const;

    /// As commits name their author, from the clone's configuration or the person's.
    QString user() const;

    /// Where its hooks are looked for.
    QString hooksFolder() const;

    /// The last part of a clone's address, without ".git".
    static QString nameOf(const QString& address);

private:
    QString setting(QStringView section, QStringView key) const;
    QString commitOf(const QString& reference) const;

    QString m_folder; ///< .git, or what it leads to
    QString m_common; ///< the same, or that of the main clone for a further worktree
    QString m_worktree;
    QString m_head;
    QList<IniFile> m_settings; ///< what counts first, first
};

} // namespace prism::report
