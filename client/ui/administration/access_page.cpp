#include "client/ui/administration/access_page.h"

#include "client/model/workspace.h"
#include "client/ui/administration/letting_in_panel.h"
#include "client/ui/administration/self_panel.h"
#include "client/ui/administration/tokens_panel.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/focus.h"

#include <QVBoxLayout>

namespace prism::ui {

AccessPage::AccessPage(model::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_self(new SelfPanel(workspace))
    , m_lettingIn(new LettingInPanel(workspace.administration().lettingIn()))
    , m_tokens(new TokensPanel(workspace.administration().tokens(), workspace.access()))
{
    auto* top = new QHBoxLayout;
    top->setSpacing(space::medium);
    top->addWidget(m_self, 2);
    top->addWidget(m_lettingIn, 3);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::medium);
    column->addLayout(top);
    column->addWidget(m_tokens, 1);
    column->addStretch(0);
    connect(m_self, &SelfPanel::signInRequested, this, &AccessPage::signInRequested);
}

void AccessPage::setAdministrable(bool administrable)
{
    for (QWidget* panel : std::initializer_list<QWidget*>{m_lettingIn, m_tokens}) {
        if (!administrable)
            yieldFocus(*panel, *m_self);
        panel->setVisible(administrable);
    }
}

void AccessPage::setFreshness(const Freshness& freshness)
{
    m_lettingIn->setFreshness(freshness);
    m_tokens->setFreshness(freshness);
}

} // namespace prism::ui
