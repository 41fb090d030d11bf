#include "client/ui/records/records_empty_note.h"

#include "client/model/records_model.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/text.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

RecordsEmptyNote::RecordsEmptyNote(model::RecordsModel& records, QWidget* parent)
    : QWidget(parent)
    , m_records(records)
    , m_title(new Text(TextRole::Heading))
    , m_note(new Text(TextRole::Body, Text::Ink::Muted))
    , m_action(new QPushButton)
{
    m_action->setObjectName(QStringLiteral("records-empty-action"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::small);
    for (Text* text : {m_title, m_note}) {
        text->setAlignment(Qt::AlignCenter);
        text->setWordWrap(true);
        column->addWidget(text);
    }
    m_note->setMinimumWidth(160);
    column->addWidget(m_action, 0, Qt::AlignCenter);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_records.lastError())
            m_records.refresh();
        else
            emit newRequested();
    });
}

void RecordsEmptyNote::retranslate()
{
    const model::RecordsQuestion& query = m_records.query();
    const bool isFiltered = !query.search.isEmpty() || query.type;
    const auto& error = m_records.lastError();
    const bool isEmpty = m_records.rowCount() == 0;
    const bool offers =
        (error && !m_records.isLoading()) || (m_records.isShown() && !isFiltered && !m_readOnly);
    if (!isEmpty || !offers)
        yieldFocus(*this, *parentWidget());
    setVisible(isEmpty);
    m_action->setVisible(offers);
    m_action->setText(error ? tr("Try again") : tr("Create the first one"));
    if (error) {
        m_title->setText(tr("The records could not be loaded"));
        m_note->setText(ErrorWords(locale()).sentence(*error));
    } else if (!m_records.isShown()) {
        m_title->setText(tr("Loading…"));
        m_note->setText({});
    } else if (isFiltered) {
        m_title->setText(tr("Nothing found"));
        m_note->setText(tr("No record matches the search and the type."));
    } else {
        m_title->setText(tr("No records yet"));
        m_note->setText(tr("A record saves which metrics you want to see, over which period, so that you and "
                           "others can run it again."));
    }
    m_action->setAccessibleName(m_action->text());
    m_action->setAccessibleDescription(m_title->text());
}

} // namespace prism::ui
