#include "client/ui/administration/audit_panel.h"

#include "client/ui/administration/audit_filter.h"
#include "client/ui/administration/audit_texts.h"
#include "client/ui/administration/audit_words.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/steady_table.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/widgets/text.h"

#include <QDateTime>
#include <QFileDialog>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::AuditExport;
using model::AuditModel;

AuditPanel::AuditPanel(model::Administration& administration, QWidget* parent)
    : Panel(parent)
    , m_audit(administration.audit())
    , m_export(administration.auditExport())
    , m_filter(new AuditFilter(administration))
    , m_texts(new AuditTexts(m_audit, this))
    , m_table(new SteadyTable)
    , m_state(new Text(TextRole::Body, Text::Ink::Muted))
    , m_details(new QPlainTextEdit)
    , m_more(new QPushButton)
    , m_save(new QPushButton)
    , m_notice(new NoticeLine)
{
    m_table->setObjectName(QStringLiteral("audit"));
    m_table->setModel(m_texts);
    TableContents(*m_table).offerColumns();
    m_state->setObjectName(QStringLiteral("audit-state"));
    m_state->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("audit-details"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_more->setObjectName(QStringLiteral("audit-more"));
    m_save->setObjectName(QStringLiteral("audit-export"));
    m_notice->returnFocusTo(*m_table);
    layOut();
    connectModels();
    AuditPanel::retranslate();
}

void AuditPanel::layOut()
{
    constexpr int leastRows = 5, leastDetails = 220;
    m_table->setMinimumHeight((leastRows + 1) * m_table->verticalHeader()->defaultSectionSize());
    m_details->setMinimumWidth(leastDetails);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(space::medium);
    middle->addWidget(m_table, 5);
    middle->addWidget(m_details, 2);
    auto* footer = new QHBoxLayout;
    footer->setSpacing(space::small);
    footer->addWidget(m_more);
    footer->addStretch(1);
    footer->addWidget(m_save);
    body()->addWidget(m_filter);
    body()->addWidget(m_state);
    body()->addLayout(middle, 1);
    body()->addWidget(m_notice);
    body()->addLayout(footer);
}

void AuditPanel::connectModels()
{
    connect(m_filter, &AuditFilter::chosen, this, [this] { m_audit.ask(m_filter->question()); });
    connect(&m_audit, &AuditModel::changed, this, &AuditPanel::follow);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AuditPanel::showDetails);
    connect(&m_audit, &AuditModel::modelReset, this, &AuditPanel::showDetails);
    connect(m_table, &SteadyTable::copyRequested, this, [this] { TableContents(*m_table).copySelection(); });
    connect(m_more, &QPushButton::clicked, &m_audit, &AuditModel::more);
    connect(m_save, &QPushButton::clicked, this, &AuditPanel::chooseFile);
    connect(&m_export, &AuditExport::changed, this, &AuditPanel::follow);
    connect(&m_export, &AuditExport::done, this, [this](const QString& path, qint64 lines) {
        m_notice->display(NoticeLine::Kind::Done,
                          tr("%1 has %Ln line(s).", nullptr, int(lines)).arg(isolated(path)));
    });
    connect(&m_export, &AuditExport::failed, this, [this](const protocol::Error& error) {
        m_notice->display(NoticeLine::Kind::Trouble,
                          tr("It was not exported: %1").arg(ErrorWords(locale()).sentence(error)));
    });
    connect(&m_export, &AuditExport::notWritten, this, [this](const QString& path) {
        m_notice->display(NoticeLine::Kind::Trouble, tr("%1 could not be written.").arg(isolated(path)));
    });
}

void AuditPanel::follow()
{
    QString state;
    if (const auto& error = m_audit.error())
        state = tr("Who did what could not be loaded: %1").arg(ErrorWords(locale()).sentence(*error));
    else if (!m_audit.isKnown())
        state = tr("Loading…");
    else if (m_audit.rowCount() == 0)
        state = m_audit.question() == model::AuditQuestion()
                    ? tr("Nothing yet. What is changed while nobody has to sign in is not kept.")
                    : tr("Nothing of this kind.");
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    if (!m_audit.hasMore())
        yieldFocus(*m_more, *m_table);
    m_more->setVisible(m_audit.hasMore());
    m_more->setEnabled(!m_audit.isLoading());
    m_save->setText(m_export.isUnderWay() ? tr("Exporting…") : tr("Export…"));
    m_save->setAccessibleName(m_save->text());
    m_save->setEnabled(!m_export.isUnderWay());
}

void AuditPanel::showDetails()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    m_details->setPlainText(
        rows.size() == 1 ? AuditWords::details(m_audit.entry(rows.first().row()), locale()) : QString());
}

void AuditPanel::chooseFile()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export who did what"), QStringLiteral("audit.ndjson"), QStringLiteral("NDJSON (*.ndjson)"));
    if (!path.isEmpty())
        exportTo(path);
}

void AuditPanel::exportTo(const QString& path)
{
    m_notice->clear();
    m_export.begin(m_filter->question(), path);
}

void AuditPanel::arrangeColumns()
{
    const QFontMetrics metrics(m_table->font());
    const auto room = [&metrics](const QString& text) {
        return metrics.horizontalAdvance(text) + 2 * space::medium;
    };
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Fixed);
    for (const int column : {AuditModel::WhoColumn, AuditModel::ActionColumn, AuditModel::SubjectColumn})
        columns->setSectionResizeMode(column, QHeaderView::Stretch);
    columns->resizeSection(AuditModel::TimeColumn, room(locale().toString(QDateTime::currentDateTime(),
                                                                          QStringLiteral("00 MMM 00:00 "))));
    columns->resizeSection(AuditModel::AddressColumn, room(QStringLiteral("192.168.100.100")));
}

void AuditPanel::retranslate()
{
    setTitle(tr("Who did what"));
    m_texts->setLocale(locale());
    m_table->setAccessibleName(tr("Who did what"));
    m_table->setAccessibleDescription(tr("The newest first; all of the selected one stands beside it"));
    m_details->setPlaceholderText(tr("Select one to see all of it."));
    m_details->setAccessibleName(tr("Details"));
    m_details->setAccessibleDescription(tr("Everything that is known of the selected deed"));
    m_more->setText(tr("Older ones"));
    m_more->setAccessibleName(m_more->text());
    m_more->setAccessibleDescription(tr("Loads those before the last one here"));
    m_save->setAccessibleDescription(tr("Writes all that the filter finds to a file, a line of JSON each"));
    arrangeColumns();
    showDetails();
    follow();
}

} // namespace prism::ui
