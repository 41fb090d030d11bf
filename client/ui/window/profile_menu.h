#pragma once

#include "client/model/access.h"
#include "client/model/profile_store.h"
#include "client/ui/window/profile_dialog.h"

#include <QMenu>
#include <QToolButton>

namespace prism::ui {

/// Which server the window shows, and the way to the windows of others. Borrows the store.
class ProfileMenu : public QToolButton
{
    Q_OBJECT

public:
    /// `access` is the current one's.
    ProfileMenu(model::ProfileStore& store, const model::Profile& current, model::Access& access,
                QWidget* parent = nullptr);

    /// A long name gives way, and is cut off with an ellipsis.
    QSize minimumSizeHint() const override;

signals:
    /// Somebody wants to see another profile.
    void chosen(const QString& name);
    void signInRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    void fill();
    void edit();

    model::ProfileStore& m_store;
    const model::Profile m_current;
    model::Access& m_access;
    ProfileDialog::Unsaved m_unsaved; ///< what was typed there when it was closed
    QMenu m_menu;
};

} // namespace prism::ui
