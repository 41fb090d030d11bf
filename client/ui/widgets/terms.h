#pragma once

#include "shared/protocol/check.h"
#include "shared/protocol/period.h"
#include "shared/protocol/retro.h"

#include <QCoreApplication>

namespace prism::ui {

/// The one name of each thing that several places of the window speak of. CONTRIBUTING.md has the glossary.
class Terms
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::Terms)

public:
    static QString period(protocol::Period period);

    /// Of a number that the server computes, by its name on the wire. One that this dashboard does not know
    /// keeps that.
    static QString metric(const QString& name);

    static QString checkStatus(protocol::CheckStatus status);

    /// How grave a violation is.
    static QString severity(protocol::Severity severity);

    static QString origin(protocol::CheckOrigin origin);
    static QString retroType(protocol::RetroType type);
};

} // namespace prism::ui
