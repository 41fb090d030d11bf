#pragma once

#include "server/store/database.h"
#include "server/store/sqlite/database_file.h"
#include "server/store/sqlite/watermark.h"

namespace prism::store::sqlite {

/// A database in a file of this machine.
class Database : public store::Database
{
public:
    /// Does not touch the file yet; claim() makes its folder where there is none.
    explicit Database(const QString& file)
        : m_name(file)
        , m_file(DatabaseFile::unguarded(file))
    {
    }

    Result<void> claim() override;
    void announce(const QString& url) override;
    Result<std::unique_ptr<store::WriteConnection>> openWriter() const override;
    Result<std::unique_ptr<store::ReadConnection>> openReader() const override;
    Result<void> keepCopy() const override;
    std::optional<QString> contradictionTo(const protocol::Position& position) override;
    bool isOwnFile(const QString& path) const override;
    Size size() const override;
    bool note(const protocol::Position& position) override;

private:
    Watermark& watermark();

    const QString m_name;
    std::shared_ptr<DatabaseFile> m_file; ///< guarded once it was claimed
    std::optional<Watermark> m_watermark;
};

} // namespace prism::store::sqlite
