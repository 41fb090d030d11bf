#pragma once

#include "client/model/audit_model.h"

#include <QCoreApplication>
#include <QLocale>

namespace prism::ui {

/// What is said of who did what.
class AuditWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::AuditWords)

public:
    /// The names on the wire that entries begin with, up to a dot.
    static QStringList kinds();
    static QString kind(const QString& kind);
    /// One that this dashboard does not know keeps its name.
    static QString action(const QString& action);
    static QString who(const model::AuditEntry& entry);
    /// All that is known of it, a line each.
    static QString details(const model::AuditEntry& entry, const QLocale& locale);
};

} // namespace prism::ui
