#include "client/ui/window/access_note.h"

#include "client/ui/widgets/text.h"

#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

AccessNote::AccessNote(QWidget* parent)
    : QWidget(parent)
    , m_title(new Text(TextRole::Heading))
    , m_why(new Text(TextRole::Body, Text::Ink::Muted))
    , m_signIn(new QPushButton)
{
    m_signIn->setObjectName(QStringLiteral("access-sign-in"));
    m_signIn->setProperty("primary", true);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::medium);
    column->addStretch(1);
    for (Text* text : {m_title, m_why}) {
        text->setAlignment(Qt::AlignCenter);
        text->setWordWrap(true);
        column->addWidget(text);
    }
    column->addWidget(m_signIn, 0, Qt::AlignCenter);
    column->addStretch(2);
    connect(m_signIn, &QPushButton::clicked, this, &AccessNote::signInRequested);
    retranslate();
}

void AccessNote::display(const QString& why)
{
    m_why->setText(why);
    setAccessibleDescription(why);
}

void AccessNote::retranslate()
{
    m_title->setText(tr("Not signed in"));
    m_signIn->setText(tr("Sign in…"));
    m_signIn->setAccessibleName(m_signIn->text());
    m_signIn->setAccessibleDescription(tr("Asks for a token for this server"));
    setAccessibleName(m_title->text());
}

void AccessNote::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace prism::ui
