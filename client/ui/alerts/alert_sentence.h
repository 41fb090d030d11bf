#pragma once

#include "shared/protocol/alert.h"

#include <QCoreApplication>
#include <QLocale>

namespace prism::ui {

/// What an alert says, made of its facts in the reader's language; the server's own words where it told no
/// facts.
class AlertSentence
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::AlertSentence)

public:
    static QString of(const protocol::Alert& alert, const QLocale& locale);
};

} // namespace prism::ui
