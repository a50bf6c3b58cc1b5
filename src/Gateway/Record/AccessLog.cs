using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Model.Metrics;

namespace Tollgate.Gateway.Record;

/// <summary>Writes the access log beside the calls: a call puts its entry into a bounded queue or, when that is full, counts it as lost.</summary>
internal sealed partial class AccessLog(GatewayOptions options, TimeProvider time, ILogger<AccessLog> log) : IHostedService, IDisposable
{
    // At 20,000 calls per second, what a disk may stand still for almost a second.
    private const int MostWaiting = 16 * 1024;
    private const string FileStart = "gateway-access-";

    private readonly Channel<AccessEntry> _entries = Channel.CreateBounded<AccessEntry>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _writing = Task.CompletedTask;
    private long _lost;
    private StreamWriter? _file;
    private string _day = "";

    public bool IsOn { get; } = options.AccessLog.Enabled;

    public void Add(in AccessEntry entry)
    {
        if (!_entries.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    public IEnumerable<MetricFamily> Read() =>
    [
        new MetricFamily(
            "tollgate_gateway_access_log_lost_total", MetricKind.Counter, "Lines that the access log had no room for.",
            [new MetricSample(Interlocked.Read(ref _lost), [])]),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = IsOn ? Task.Run(WriteAllAsync, CancellationToken.None) : Task.CompletedTask;
        return Task.CompletedTask;
    }

    /// <summary>Ends when all entries are written: calls have ended before, for the server stops first.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        return _writing.WaitAsync(cancellationToken);
    }

    public void Dispose() => _file?.Dispose();

    private async Task WriteAllAsync()
    {
        while (await _entries.Reader.WaitToReadAsync())
        {
            await WriteAsync();
        }

        _file?.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (_entries.Reader.TryRead(out var entry))
            {
                var file = FileOf(entry);
                await file.WriteAsync(AccessLine.Of(entry, options.AccessLog.Format));
            }

            await _file!.FlushAsync();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk is full or gone: calls go on, and so does the next try.
            Failed(log, error.Message);
            _day = "";
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }
    }

    private StreamWriter FileOf(in AccessEntry entry)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(entry.Time).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (_file is null || string.CompareOrdinal(day, _day) > 0)
        {
            _file?.Dispose();
            Directory.CreateDirectory(options.LogFolder);
            _file = new StreamWriter(Path.Combine(options.LogFolder, $"{FileStart}{day}.log"), append: true, new UTF8Encoding(false));
            _day = day;
            DeleteOld();
        }

        return _file;
    }

    private void DeleteOld()
    {
        var files = Directory.GetFiles(options.LogFolder, FileStart + "*.log").Order(StringComparer.Ordinal).ToList();
        foreach (var file in files.SkipLast(options.AccessLog.KeepDays))
        {
            File.Delete(file);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The access log cannot be written, its lines are counted as lost meanwhile: {Reason}")]
    private static partial void Failed(ILogger log, string reason);
}
