#include "client/ui/window/profile_dialog.h"

#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/notice_line.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace prism::ui {

using model::Profile;

ProfileDialog::ProfileDialog(model::ProfileStore& store, Unsaved& unsaved, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_typed(unsaved)
    , m_list(new QListWidget)
    , m_name(new QLineEdit)
    , m_server(new QLineEdit)
    , m_add(new QPushButton(tr("Add")))
    , m_change(new QPushButton(tr("Change")))
    , m_remove(new QPushButton(tr("Remove")))
    , m_notice(new NoticeLine)
{
    setAttribute(Qt::WA_WindowPropagation); // the colours of the window, now and after another theme
    setWindowTitle(tr("Servers"));
    m_list->setObjectName(QStringLiteral("profiles"));
    m_list->setProperty("framed", true);
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

    auto* form = new QGridLayout;
    const std::pair<QString, QLineEdit*> fields[] = {{tr("Name"), m_name}, {tr("Address"), m_server}};
    for (const auto& [text, field] : fields) {
        const int row = form->rowCount();
        auto* label = new QLabel(text);
        label->setBuddy(field);
        form->addWidget(label, row, 0);
        form->addWidget(field, row, 1);
    }
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

    connect(m_list, &QListWidget::currentItemChanged, this,
            [this](const QListWidgetItem*, const QListWidgetItem* left) {
                if (left)
                    keepTyped(left->text());
                showCurrent();
            });
    connect(m_add, &QPushButton::clicked, this, &ProfileDialog::add);
    connect(m_change, &QPushButton::clicked, this, &ProfileDialog::change);
    connect(m_remove, &QPushButton::clicked, this, &ProfileDialog::remove);
    connect(m_notice, &NoticeLine::actionRequested, this, [this] { m_undo(); });
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill(m_typed.isEmpty() ? QString() : m_typed.constBegin().key()); // where somebody was
}

void ProfileDialog::done(int result)
{
    keepTyped(chosen());
    QDialog::done(result);
}

void ProfileDialog::fill(const QString& current)
{
    const QSignalBlocker quiet(m_list); // nobody leaves a row
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
    m_remindsOfTyped = false;
    showCurrent();
}

QString ProfileDialog::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->text() : QString();
}

void ProfileDialog::keepTyped(const QString& name)
{
    const std::optional<Profile> profile = m_store.find(name);
    const Typed typed{m_name->text(), m_server->text()};
    if (!profile || (typed.name == profile->name && typed.server == profile->server.toString()))
        m_typed.remove(name);
    else
        m_typed.insert(name, typed);
}

void ProfileDialog::showCurrent()
{
    const QString name = chosen();
    const std::optional<Profile> profile = m_store.find(name);
    if (!profile)
        return;
    const auto typed = m_typed.constFind(name);
    const bool isTyped = typed != m_typed.constEnd();
    m_name->setText(isTyped ? typed->name : profile->name);
    m_server->setText(isTyped ? typed->server : profile->server.toString());
    if (m_remindsOfTyped)
        m_notice->clear();
    m_remindsOfTyped = isTyped && m_notice->isHidden(); // what can be undone comes first
    if (!m_remindsOfTyped)
        return;
    m_undo = [this, name] {
        m_typed.remove(name);
        showCurrent();
    };
    m_notice->display(NoticeLine::Kind::Done, tr("This was not saved. It is as you left it."),
                      tr("Discard changes"));
}

Profile ProfileDialog::typed() const
{
    return {m_name->text().simplified(), QUrl(m_server->text().trimmed(), QUrl::StrictMode), {}, {}};
}

void ProfileDialog::add()
{
    const Profile profile = typed();
    if (!m_store.store(profile))
        return say(profile);
    m_typed.remove(chosen());
    fill(profile.name);
}

void ProfileDialog::change()
{
    Profile profile = typed();
    const std::optional<Profile> before = m_store.find(chosen());
    if (before) {
        profile.token = before->token;
        profile.certificate = before->certificate;
    }
    if (!m_store.store(profile, chosen()))
        return say(profile);
    m_typed.remove(chosen());
    fill(profile.name);
    if (before && *before != profile)
        offerUndo(
            tr("“%1” was changed.").arg(isolated(before->name)),
            [this, before, name = profile.name] { return m_store.store(*before, name); }, before->name);
}

void ProfileDialog::remove()
{
    const std::optional<Profile> removed = m_store.find(chosen());
    const int place = m_list->currentRow();
    if (!removed || !m_store.remove(removed->name))
        return;
    m_typed.remove(removed->name);
    fill(m_store.profiles().value(place, m_store.profiles().constLast()).name); // the next one
    offerUndo(
        tr("“%1” was removed.").arg(isolated(removed->name)),
        [this, removed, place] { return m_store.restore(*removed, place); }, removed->name);
}

void ProfileDialog::offerUndo(const QString& what, const std::function<bool()>& undo, const QString& back)
{
    m_remindsOfTyped = false;
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
    m_remindsOfTyped = false;
    m_notice->display(NoticeLine::Kind::Trouble, why);
}

} // namespace prism::ui
