<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>prism::net::ApiClient</name>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器没有及时响应。</translation>
    </message>
    <message>
        <source>The server answered more than this dashboard takes in.</source>
        <translation>服务器的响应超出了本仪表板能接收的大小。</translation>
    </message>
    <message>
        <source>The server at %1 cannot be reached (%2).</source>
        <translation>无法连接到服务器 %1（%2）。</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityDetails</name>
    <message>
        <source>Count the violation again</source>
        <translation>重新计入该违规</translation>
    </message>
    <message>
        <source>Mark as false positive</source>
        <translation>标记为误报</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Everything that the selected event said</source>
        <translation>所选事件的全部内容</translation>
    </message>
    <message>
        <source>For the violation chosen above: whether it counts</source>
        <translation>针对上面选中的违规：是否计入</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Puts all details on the clipboard</source>
        <translation>把全部详情复制到剪贴板</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Gives the room back to the table</source>
        <translation>把空间还给表格</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityFacts</name>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>确认人</translation>
    </message>
    <message>
        <source>Acknowledged at</source>
        <translation>确认时间</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>经验</translation>
    </message>
    <message>
        <source>Improvements</source>
        <translation>改进</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Place in the log</source>
        <translation>日志中的位置</translation>
    </message>
    <message>
        <source>false positive</source>
        <translation>误报</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation>动态</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Show activity of type</source>
        <translation>显示的动态类型</translation>
    </message>
    <message>
        <source>Limits the table to one type of event</source>
        <translation>表格只显示一种类型的事件</translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>筛选 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter activity by text</source>
        <translation>按文字筛选动态</translation>
    </message>
    <message>
        <source>Limits the table to rows that contain the text</source>
        <translation>表格只显示包含该文字的行</translation>
    </message>
    <message>
        <source>Events, newest first</source>
        <translation>事件，最新的在最前</translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>They came faster than a screen can show them one by one.</source>
        <translation>事件到达太快，屏幕无法逐个显示。</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>没有符合筛选条件的内容。</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>No events yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) folded</source>
        <translation>
            <numerusform>%Ln 个事件合并显示</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>All of the selected event (Enter)</source>
        <translation>所选事件的全部内容 (回车)</translation>
    </message>
    <message>
        <source>Shows below the table all that the selected event said</source>
        <translation>在表格下方显示所选事件的全部内容</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Export activity</source>
        <translation>导出动态</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>status of a check</comment>
        <translation>通过</translation>
    </message>
    <message>
        <source>WARNING</source>
        <comment>status of a check</comment>
        <translation>警告</translation>
    </message>
    <message>
        <source>BLOCKED</source>
        <comment>status of a check</comment>
        <translation>已拦截</translation>
    </message>
    <message>
        <source>INFO</source>
        <comment>status of what is not a check</comment>
        <translation>信息</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>Record changed</source>
        <translation>修改记录</translation>
    </message>
    <message>
        <source>Record deleted</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>no violations</source>
        <translation>无违规</translation>
    </message>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation>
            <numerusform>%Ln 项违规</numerusform>
        </translation>
    </message>
    <message>
        <source>Check changed</source>
        <translation>检查已修改</translation>
    </message>
    <message>
        <source>Alert seen to</source>
        <translation>告警已处理</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertTexts</name>
    <message>
        <source>HIGH</source>
        <comment>severity of an alert</comment>
        <translation>高</translation>
    </message>
    <message>
        <source>MEDIUM</source>
        <comment>severity of an alert</comment>
        <translation>中</translation>
    </message>
    <message>
        <source>LOW</source>
        <comment>severity of an alert</comment>
        <translation>低</translation>
    </message>
    <message>
        <source>Many violations</source>
        <translation>违规激增</translation>
    </message>
    <message>
        <source>Slow checks</source>
        <translation>检查变慢</translation>
    </message>
    <message>
        <source>Little use</source>
        <translation>使用下降</translation>
    </message>
    <message>
        <source>Quality drop</source>
        <translation>质量下降</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>由 %1 确认</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>What the server raises appears here at once.</source>
        <translation>服务器发出的告警会立即显示在这里。</translation>
    </message>
    <message>
        <source>Alerts, newest first</source>
        <translation>告警，最新的在最前</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln 条告警</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <comment>alerts</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>alerts</comment>
        <translation>未确认</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <comment>alerts</comment>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Show alerts</source>
        <translation>显示的告警</translation>
    </message>
    <message>
        <source>Limits the list to alerts that somebody or nobody has acknowledged</source>
        <translation>列表只显示已确认或未确认的告警</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>On every dashboard (Enter)</source>
        <translation>在所有仪表板上生效 (回车)</translation>
    </message>
    <message>
        <source>Acknowledges the selected alerts on every dashboard</source>
        <translation>在所有仪表板上确认所选告警</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s) that nobody has acknowledged</source>
        <translation>
            <numerusform>%Ln 条告警尚未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>No such alerts</source>
        <translation>没有这样的告警</translation>
    </message>
</context>
<context>
    <name>prism::ui::CheckTimePanel</name>
    <message>
        <source>Check time (ms)</source>
        <translation>检查耗时（毫秒）</translation>
    </message>
    <message>
        <source>&lt; %1</source>
        <comment>milliseconds</comment>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <comment>milliseconds</comment>
        <translation>≥ %1</translation>
    </message>
</context>
<context>
    <name>prism::ui::ConnectionBadge</name>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>polling</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>live, %1 behind</source>
        <translation>实时，延迟 %1</translation>
    </message>
    <message>
        <source>polling: the server refuses to push to this dashboard</source>
        <translation>轮询：服务器拒绝向本仪表板推送</translation>
    </message>
    <message>
        <source>polling, %1 old</source>
        <translation>轮询，%1前的数据</translation>
    </message>
    <message>
        <source>offline since %1, retrying…</source>
        <translation>%1 起离线，正在重试…</translation>
    </message>
    <message>
        <source>offline since %1, retrying in %2</source>
        <translation>%1 起离线，%2后重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Tries to reach the server at once</source>
        <translation>立即尝试连接服务器</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>prism::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>a time of day, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>HH:mm:ss</source>
        <comment>a time of today, as QLocale::toString reads it</comment>
        <translation>HH:mm:ss</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date and time, as QLocale::toString reads it</comment>
        <translation>M月d日 HH:mm</translation>
    </message>
</context>
<context>
    <name>prism::ui::HeaderBar</name>
    <message>
        <source>Refresh (F5)</source>
        <translation>刷新 (F5)</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Fetches everything that is shown anew</source>
        <translation>重新获取显示的全部内容</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of this window</source>
        <translation>本窗口的语言</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>prism::ui::MainWindow</name>
    <message>
        <source>%1 (%2) – PRISM Gateway</source>
        <comment>server, state of the connection</comment>
        <translation>%1（%2）– PRISM Gateway</translation>
    </message>
    <message>
        <source>The alert was not acknowledged.</source>
        <translation>告警未能确认。</translation>
    </message>
    <message>
        <source>The violation was not marked.</source>
        <translation>违规未能标记。</translation>
    </message>
    <message>
        <source>The activity was not exported.</source>
        <translation>动态未能导出。</translation>
    </message>
</context>
<context>
    <name>prism::ui::Panel</name>
    <message>
        <source>%1 old</source>
        <translation>%1前</translation>
    </message>
</context>
<context>
    <name>prism::ui::PercentileChart</name>
    <message>
        <source>Check times</source>
        <translation>检查耗时</translation>
    </message>
    <message>
        <source>Average %1, half of the checks within %2, 95% within %3, 99% within %4.</source>
        <translation>平均 %1，一半的检查在 %2内完成，95% 在 %3内，99% 在 %4内。</translation>
    </message>
    <message>
        <source>avg</source>
        <comment>average, below its bar</comment>
        <translation>平均</translation>
    </message>
    <message>
        <source>No check times yet.</source>
        <translation>还没有检查耗时。</translation>
    </message>
</context>
<context>
    <name>prism::ui::PeriodSelector</name>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Since midnight</source>
        <translation>自零点起</translation>
    </message>
    <message>
        <source>Today and the 6 days before</source>
        <translation>今天及之前 6 天</translation>
    </message>
    <message>
        <source>Today and the 29 days before</source>
        <translation>今天及之前 29 天</translation>
    </message>
    <message>
        <source>Today and the 364 days before</source>
        <translation>今天及之前 364 天</translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation>所有数据</translation>
    </message>
    <message>
        <source>Period: %1</source>
        <translation>时段：%1</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Ctrl+%2)</translation>
    </message>
</context>
<context>
    <name>prism::ui::QualityPanel</name>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Violation rate</source>
        <translation>违规率</translation>
    </message>
    <message>
        <source>False positives</source>
        <translation>误报率</translation>
    </message>
    <message>
        <source>Top violated principles</source>
        <translation>违反最多的原则</translation>
    </message>
    <message>
        <source>None violated in this period.</source>
        <translation>本时段没有违规。</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatCard</name>
    <message>
        <source>Total checks</source>
        <translation>检查总数</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>活跃用户</translation>
    </message>
    <message>
        <source>Average check time</source>
        <translation>平均检查耗时</translation>
    </message>
    <message>
        <source>all there is, nothing to compare with</source>
        <translation>全部数据，没有可比较的时段</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>之前 %1</translation>
    </message>
    <message>
        <source>nothing to compare with yet</source>
        <translation>还没有可比较的数据</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message>
        <source>The server cannot be reached right now. What is shown stays.</source>
        <translation>目前无法连接服务器，已显示的内容会保留。</translation>
    </message>
    <message>
        <source>The server does not allow this dashboard to read.</source>
        <translation>服务器不允许本仪表板读取数据。</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be understood. Is this a PRISM server?</source>
        <translation>无法理解服务器的响应。这是 PRISM 服务器吗？</translation>
    </message>
    <message>
        <source>The server answered with an error (%1): %2</source>
        <translation>服务器返回错误（%1）：%2</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>complete since %1</source>
        <translation>自 %1 起数据完整</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation>
            <numerusform>%1：补回 %Ln 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: everything was loaded anew</source>
        <translation>%1：已重新加载全部内容</translation>
    </message>
    <message>
        <source>No event is missing since then.</source>
        <translation>此后没有遗漏任何事件。</translation>
    </message>
    <message>
        <source>Interruptions:</source>
        <translation>中断记录：</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>The server cannot be reached right now.</source>
        <translation>目前无法连接到服务器。</translation>
    </message>
    <message>
        <source>The server does not allow it.</source>
        <translation>服务器不允许此操作。</translation>
    </message>
    <message>
        <source>The server does not know it.</source>
        <translation>服务器上没有它。</translation>
    </message>
    <message>
        <source>What the dashboard saw when it was last open, until something newer comes.</source>
        <translation>仪表板上次打开时看到的内容，直到有更新的数据为止。</translation>
    </message>
    <message>
        <source>as of %1, %2 ago</source>
        <translation>截至 %1，%2前</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendChart</name>
    <message>
        <source>Violations over time</source>
        <translation>违规随时间的变化</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>an hour on the time axis, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <comment>a month on the time axis</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on the time axis</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Rising.</source>
        <translation>上升。</translation>
    </message>
    <message>
        <source>Falling.</source>
        <translation>下降。</translation>
    </message>
    <message>
        <source>Stable.</source>
        <translation>平稳。</translation>
    </message>
    <message>
        <source>Latest: %1.</source>
        <translation>最新：%1。</translation>
    </message>
    <message>
        <source>Stands out: from %1 to %2 (%3).</source>
        <translation>突变：从 %1 到 %2（%3）。</translation>
    </message>
    <message>
        <source>No trend yet.</source>
        <translation>还没有趋势。</translation>
    </message>
    <message>
        <source>Violations: %1 in all, at most %2 (%3).</source>
        <translation>违规共 %1 项，最多 %2 项（%3）。</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendPanel</name>
    <message>
        <source>violations per hour</source>
        <translation>每小时违规</translation>
    </message>
    <message>
        <source>violations per week</source>
        <translation>每周违规</translation>
    </message>
    <message>
        <source>violations per month</source>
        <translation>每月违规</translation>
    </message>
    <message>
        <source>violations per day</source>
        <translation>每天违规</translation>
    </message>
    <message>
        <source>Violations trend</source>
        <translation>违规趋势</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>step</source>
        <translation>突变</translation>
    </message>
</context>
<context>
    <name>prism::ui::UsagePanel</name>
    <message>
        <source>Usage</source>
        <translation>使用情况</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Active sessions</source>
        <translation>活跃会话</translation>
    </message>
    <message>
        <source>Average duration</source>
        <translation>平均时长</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>通过率</translation>
    </message>
    <message>
        <source>Users per day</source>
        <translation>日均用户</translation>
    </message>
</context>
</TS>
