#pragma once

#include "server/store/dialect.h"
#include "server/store/sqlite/trigram_index.h"

namespace prism::store::sqlite {

/// What SQLite understands.
class Dialect final : public store::Dialect
{
public:
    QByteArray spelling(Term term) const override;
    QList<QByteArray> searchSchema() const override;
    const RecordSearch& search() const override { return m_search; }
    Result<int> schemaVersion(store::ReadConnection& connection) const override;
    Result<void> setSchemaVersion(store::WriteConnection& connection, int version) const override;
    Result<void> checkAbilities(store::ReadConnection& connection) const override;

private:
    TrigramIndex m_search;
};

} // namespace prism::store::sqlite
