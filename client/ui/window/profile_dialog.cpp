#include "client/ui/window/profile_dialog.h"

#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/notice_line.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

using model::Profile;

ProfileDialog::ProfileDialog(model::ProfileStore& store, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_list(new QListWidget)
    , m_name(new QLineEdit)
    , m_server(new QLineEdit)
    , m_add(new QPushButton(tr("Add")))
    , m_change(new QPushButton(tr("Change")))
    , m_remove(new QPushButton(tr("Remove")))
    , m_notice(new NoticeLine)
{
    setWindowTitle(tr("Servers"));
    m_list->setObjectName(QStringLiteral("profiles"));
    m_list->setAccessibleName(tr("Servers"));
    m_list->setAccessibleDescription(tr("The servers that have a name here"));
    m_name->setObjectName(QStringLiteral("profile-name"));
    m_name->setMaxLength(Profile::longestName);
    m_server->setObjectName(QStringLiteral("profile-server"));
    m_server->setPlaceholderText(QStringLiteral("http://127.0.0.1:3000"));
    m_add->setObjectName(QStringLiteral("profile-add"));
    m_change->setObjectName(QStringLiteral("profile-change"));
    m_remove->setObjectName(QStringLiteral("profile-remove"));
    QSizePolicy kept = m_notice->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing moves under the hand when it comes
    m_notice->setSizePolicy(kept);
    m_notice->returnFocusTo(*m_list);
    m_add->setAccessibleDescription(tr("Adds a server under this name"));
    m_change->setAccessibleDescription(tr("Gives the chosen server this name and address"));
    m_remove->setAccessibleDescription(tr("Forgets the chosen server"));
    for (QPushButton* button : {m_add, m_change, m_remove})
        button->setAutoDefault(false);

    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Address"), m_server);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_add, m_change, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addLayout(form);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
    layout->addWidget(close);
    setMinimumWidth(420);

    connect(m_list, &QListWidget::currentRowChanged, this, &ProfileDialog::showCurrent);
    connect(m_add, &QPushButton::clicked, this, &ProfileDialog::add);
    connect(m_change, &QPushButton::clicked, this, &ProfileDialog::change);
    connect(m_remove, &QPushButton::clicked, this, &ProfileDialog::remove);
    connect(m_notice, &NoticeLine::actionRequested, this, [this] { m_undo(); });
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill({});
}

void ProfileDialog::fill(const QString& current)
{
    m_list->clear();
    const QList<Profile> profiles = m_store.profiles();
    for (const Profile& profile : profiles)
        m_list->addItem(profile.name);
    const QList<QListWidgetItem*> found = m_list->findItems(current, Qt::MatchExactly);
    m_list->setCurrentItem(found.isEmpty() ? m_list->item(0) : found.constFirst());
    if (profiles.size() == 1)
        yieldFocus(*m_remove, *m_list);
    m_remove->setEnabled(profiles.size() > 1);
    m_notice->clear();
}

QString ProfileDialog::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->text() : QString();
}

void ProfileDialog::showCurrent()
{
    if (const std::optional<Profile> profile = m_store.find(chosen())) {
        m_name->setText(profile->name);
        m_server->setText(profile->server.toString());
    }
}

Profile ProfileDialog::typed() const
{
    return {m_name->text().simplified(), QUrl(m_server->text().trimmed(), QUrl::StrictMode)};
}

void ProfileDialog::add()
{
    const Profile profile = typed();
    if (m_store.store(profile))
        fill(profile.name);
    else
        say(profile);
}

void ProfileDialog::change()
{
    const Profile profile = typed();
    const std::optional<Profile> before = m_store.find(chosen());
    if (!m_store.store(profile, chosen()))
        return say(profile);
    fill(profile.name);
    if (before && *before != profile)
        offerUndo(
            tr("“%1” was changed.").arg(before->name),
            [this, before, name = profile.name] { return m_store.store(*before, name); }, before->name);
}

void ProfileDialog::remove()
{
    const std::optional<Profile> removed = m_store.find(chosen());
    const int place = m_list->currentRow();
    if (!removed || !m_store.remove(removed->name))
        return;
    fill(m_store.profiles().value(place, m_store.profiles().constLast()).name); // the next one
    offerUndo(
        tr("“%1” was removed.").arg(removed->name),
        [this, removed, place] { return m_store.restore(*removed, place); }, removed->name);
}

void ProfileDialog::offerUndo(const QString& what, const std::function<bool()>& undo, const QString& back)
{
    m_undo = [this, undo, back] {
        if (undo())
            fill(back);
        else
            m_notice->display(NoticeLine::Kind::Trouble, tr("Another server has this name."));
    };
    m_notice->display(NoticeLine::Kind::Done, what, tr("Undo"));
}

void ProfileDialog::say(const Profile& refused)
{
    QString why = tr("Another server has this name.");
    if (refused.name.isEmpty())
        why = tr("A server needs a name.");
    else if (!Profile::isServer(refused.server))
        why = tr("That is not the address of a server; it looks like http://127.0.0.1:3000.");
    else if (Profile::namesMore(refused.server))
        why = tr("That names more than a server; leave out what follows its host and port.");
    m_notice->display(NoticeLine::Kind::Trouble, why);
}

} // namespace prism::ui
