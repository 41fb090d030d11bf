/// What single steps on the way of a request and of an event cost, by Google Benchmark. See --help.
#include "server/http/parser.h"
#include "server/realtime/backlog.h"
#include "server/rules/judge.h"
#include "shared/protocol/event.h"
#include "shared/protocol/json_text.h"
#include "shared/protocol/record.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <benchmark/benchmark.h>
#include <limits>

using namespace prism;
using namespace Qt::StringLiterals;

namespace {

constexpr int jsonDepth = 32;

QByteArray recordBody()
{
    return QByteArray(
        R"({"type":"custom","name":"A record as people save it","description":"violations by week",)"
        R"("config":{"metrics":["violationRate"],"period":"week","filters":{"project":"gateway"}}})");
}

protocol::Record sampleRecord()
{
    const auto object = protocol::parseObject(recordBody(), jsonDepth);
    const auto draft = protocol::recordDraftFromJson(*object);
    const protocol::Timestamp now = protocol::now();
    return {u"018f3f6e-7c1b-7b43-9d0a-5a4c1f0e9b11"_s,
            draft->type,
            draft->name,
            draft->description,
            draft->config,
            now,
            now,
            {},
            1};
}

QByteArray sampleEvent()
{
    const QByteArray data = "{\"record\":" + encode(sampleRecord()) + '}';
    return protocol::encodeEvent(protocol::event_type::recordCreated, 418, data, protocol::now());
}

void parseRequest(benchmark::State& state)
{
    const QByteArray body = recordBody();
    const QByteArray head = "POST /api/v1/analytics/records HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n"
                            "User-Agent: curl/7.88.1\r\nAccept: */*\r\nContent-Type: application/json\r\n"
                            "Content-Length: " +
                            QByteArray::number(body.size()) + "\r\n\r\n";
    const http::Limits limits;
    http::RequestIds ids;
    for (auto _ : state) {
        http::Parser parser(limits, ids, 0);
        if (parser.readHead(head) || parser.limitBody(limits.bodyBytes) || !parser.readBody(body))
            return state.SkipWithError("the request was refused");
        benchmark::DoNotOptimize(parser.request());
    }
}

void parseRecord(benchmark::State& state)
{
    const QByteArray body = recordBody();
    for (auto _ : state) {
        const auto object = protocol::parseObject(body, jsonDepth);
        auto draft = protocol::recordDraftFromJson(*object);
        benchmark::DoNotOptimize(draft);
    }
}

void encodeRecord(benchmark::State& state)
{
    const protocol::Record record = sampleRecord();
    for (auto _ : state) {
        const QByteArray json = encode(record);
        benchmark::DoNotOptimize(json.constData());
    }
}

void encodeEvent(benchmark::State& state)
{
    const QByteArray data = encode(sampleRecord());
    const protocol::Timestamp now = protocol::now();
    for (auto _ : state) {
        const QByteArray json = protocol::encodeEvent(protocol::event_type::recordCreated, 418, data, now);
        benchmark::DoNotOptimize(json.constData());
    }
}

void encodeFrame(benchmark::State& state)
{
    const QByteArray text = sampleEvent();
    for (auto _ : state) {
        const QByteArray frame = realtime::textFrame(text);
        benchmark::DoNotOptimize(frame.constData());
    }
}

std::vector<realtime::FramePtr> framesAfter(protocol::Seq head, int count, const QByteArray& bytes)
{
    std::vector<realtime::FramePtr> frames;
    for (int i = 1; i <= count; ++i)
        frames.push_back(std::make_shared<realtime::Frame>(
            realtime::Frame{head + i, protocol::event_type::recordCreated, QString(), bytes}));
    return frames;
}

void appendToBacklog(benchmark::State& state)
{
    constexpr std::size_t mostFrames = 65536;
    constexpr qint64 mostBytes = 64LL * 1024 * 1024;
    const QByteArray bytes = realtime::textFrame(sampleEvent());
    realtime::Backlog backlog(0, mostFrames, mostBytes);
    for (auto _ : state)
        backlog.append(framesAfter(backlog.head(), 1, bytes));
}

/// What a session does for one event that is new to it.
void readFromBacklog(benchmark::State& state)
{
    constexpr int frames = 10000;
    constexpr qint64 aheadBytes = 64LL * 1024;
    realtime::Backlog backlog(0, frames, std::numeric_limits<qint64>::max());
    backlog.append(framesAfter(0, frames, realtime::textFrame(sampleEvent())));
    for (auto _ : state) {
        const auto slice = backlog.read(frames, std::numeric_limits<protocol::Seq>::max(), aheadBytes);
        benchmark::DoNotOptimize(slice.frames.data());
    }
}

/// A thousand principles, each with words in two languages and one regular expression, in which %1 stands for
/// the principle's number.
rules::RuleSetPtr thousandRules(const QString& regex)
{
    constexpr int count = 1000;
    QJsonArray principles;
    for (int i = 0; i < count; ++i) {
        const QString number = QString::number(i);
        principles.append(QJsonObject{
            {u"id"_s, number},
            {u"name"_s, number},
            {u"level"_s, u"MANDATORY"_s},
            {u"keywords"_s, QJsonArray{u"step "_s + number, u"Drop Tables"_s, u"回滚"_s + number}},
            {u"patterns"_s, QJsonArray{QJsonObject{{u"regex"_s, regex.arg(i)}}}},
            {u"violation_message"_s, u"Not so"_s}});
    }
    return *rules::RuleSet::make({{u"principles"_s, principles}}, rules::RuleLimits());
}

/// About 10 KB of UTF-8 that breaks some of the thousand.
QString longIntent()
{
    constexpr qsizetype bytes = 10'240;
    QString text;
    for (int i = 0; text.toUtf8().size() < bytes; ++i)
        text +=
            u"Then step %1: deploy service-%2 to node 10.0.%1.7, 然后检查日志并且回滚%2; "_s.arg(i * 7).arg(
                i * 11);
    return text;
}

void judgeBy(benchmark::State& state, const QString& regex)
{
    const rules::RuleSetPtr set = thousandRules(regex);
    const rules::Intent intent{longIntent(), {}, {}};
    for (auto _ : state) {
        const auto judgement = rules::judge(*set, intent, rules::Policy());
        if (!judgement || judgement->violations.empty())
            return state.SkipWithError("nothing was found");
        benchmark::DoNotOptimize(judgement->matches.data());
    }
}

} // namespace

int main(int argc, char* argv[])
{
    benchmark::RegisterBenchmark("parse a request", parseRequest);
    benchmark::RegisterBenchmark("parse a record", parseRecord);
    benchmark::RegisterBenchmark("encode a record", encodeRecord);
    benchmark::RegisterBenchmark("encode an event", encodeEvent);
    benchmark::RegisterBenchmark("encode a frame", encodeFrame);
    benchmark::RegisterBenchmark("append to the backlog", appendToBacklog);
    benchmark::RegisterBenchmark("read from the backlog", readFromBacklog);
    benchmark::RegisterBenchmark("judge 10 KB by 1,000 rules", judgeBy, uR"((?i)\bdeploy\s+service-%1\b)"_s);
    benchmark::RegisterBenchmark("judge 10 KB by 1,000 rules, their patterns without a fixed part", judgeBy,
                                 uR"(\b[a-z]+[.-][0-9]{5,}[%1]\b)"_s);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
