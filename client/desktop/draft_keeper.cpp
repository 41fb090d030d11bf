#include "client/desktop/draft_keeper.h"

#include "client/model/drafts.h"
#include "client/model/private_file.h"
#include "client/ui/window/main_window.h"

#include <QFile>

namespace prism::desktop {

DraftKeeper::DraftKeeper(const QString& file, ui::MainWindow& window)
    : m_file(file)
    , m_window(window)
{
}

void DraftKeeper::restore()
{
    QFile file(m_file);
    if (file.size() > largestFile || !file.open(QIODevice::ReadOnly))
        return;
    const std::optional<model::Drafts> drafts = model::Drafts::fromEncoded(file.readAll());
    if (drafts && drafts->server == m_window.drafts().server)
        m_window.resume(*drafts);
}

void DraftKeeper::save() const
{
    const model::Drafts drafts = m_window.drafts();
    if (drafts.isEmpty())
        QFile::remove(m_file);
    else
        model::writePrivateFile(m_file, drafts.encoded());
}

} // namespace prism::desktop
