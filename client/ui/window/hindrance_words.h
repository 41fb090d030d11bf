#pragma once

#include "client/model/workspace.h"

#include <QCoreApplication>

namespace prism::ui {

/// What keeps the window from its server, in sentences that say what to do about it.
class HindranceWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::HindranceWords)

public:
    /// `address` is the server's host and port.
    static QString sentence(model::Hindrance hindrance, const QString& address);
};

} // namespace prism::ui
