using System.Diagnostics;
using Tollgate.Eventing.Wire;
using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;

namespace Tollgate.Micro;

/// <summary>What limits cost: a call at its gateway, and a traffic manager that hears 200 gateways, each with 1,000 changed keys every 100 ms.</summary>
internal static class LimitsBenchmark
{
    private const int Gateways = 200;
    private const int KeysPerBatch = 1_000;
    private const int Rounds = 20;
    private const int FewKeys = 10_000;
    private const int ManyKeys = 1_000_000;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"{"",-44}{"ns",10}{"bytes",8}");
        foreach (var limits in (int[])[0, 3, 10])
        {
            var (nanoseconds, bytes) = Call(limits).Measure();
            output.WriteLine($"{$"a call under {limits} limits, let through",-44}{nanoseconds,10:F1}{bytes,8}");
        }

        foreach (var window in (QuotaWindow[])[QuotaWindow.Sliding, QuotaWindow.TokenBucket])
        {
            var (nanoseconds, bytes) = Call(3, window).Measure();
            output.WriteLine($"{$"a call under 3 limits, window {window}",-44}{nanoseconds,10:F1}{bytes,8}");
        }

        output.WriteLine();
        output.WriteLine($"{"a traffic manager, 200,000 totals per 100 ms",-44}{"ns/total",10}{"ms/100 ms",11}{"bytes/key",11}{"RSS/key",11}{"slice ms",11}");
        foreach (var keys in (int[])[FewKeys, ManyKeys])
        {
            var (perTotal, perKey, resident, slice) = Merge(keys);
            output.WriteLine(
                $"{$"with {keys:N0} keys",-44}{perTotal,10:F1}{perTotal * Gateways * KeysPerBatch / 1e6,11:F1}{perKey,11:F0}{resident,11:F0}"
                + $"{slice.TotalMilliseconds,11:F1}");
        }

        output.WriteLine($"{"reading a total that came over a broker",-44}{ReadFromTheWire(),10:F1}");
    }

    private static Benchmark Call(int count, QuotaWindow window = QuotaWindow.Fixed)
    {
        var clock = new SharedClock(TimeProvider.System);
        var table = new CounterTable(clock, isShared: false);
        var quota = new Quota(QuotaKind.Requests, 1_000_000_000_000, "min", 1) { Window = window };
        Limit[] limits = [.. Enumerable.Range(0, count).Select(i => table.LimitOf($"key {i}", quota, Faults.SubscriptionLimit))];
        var reservations = new Reservations();
        var now = clock.Now;
        return new Benchmark("", 0, times =>
        {
            for (var i = 0; i < times; i++)
            {
                reservations.Clear();
                foreach (var limit in limits)
                {
                    limit.TryReserve(1, now, reservations);
                }

                reservations.Admit();
            }
        });
    }

    // Each key is used by one gateway or a few, and its total rises with each message.
    private static (double PerTotal, double BytesPerKey, double ResidentPerKey, TimeSpan Slice) Merge(int count)
    {
        var clock = new SharedClock(TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var residentBefore = Environment.WorkingSet;
        var book = new TallyBook("manager", 0, clock);
        var start = clock.Now - (clock.Now % 3_600_000);
        var (total, number) = (0L, 0L);
        var spent = TimeSpan.Zero;
        // The first rounds make the tallies; names come anew with every message, as they do from the wire.
        var filling = Math.Max(1, count / (Gateways * KeysPerBatch));
        for (var round = 0; round < filling + Rounds; round++)
        {
            number++;
            total++;
            for (var gateway = 0; gateway < Gateways; gateway++)
            {
                var first = ((long)round * Gateways + gateway) * KeysPerBatch;
                List<UsageTotal> totals = [];
                for (var i = 0; i < KeysPerBatch; i++)
                {
                    totals.Add(new UsageTotal(NameOf((first + i) % count), start, 3_600_000, 1_000_000, total, 10));
                }

                var message = new UsageTotals($"gateway {gateway}", 0, number, number - 1, 0, totals);
                var began = Stopwatch.GetTimestamp();
                book.Merge(message);
                spent += round < filling ? TimeSpan.Zero : Stopwatch.GetElapsedTime(began);
            }

            var announcing = Stopwatch.GetTimestamp();
            book.Announce();
            spent += round < filling ? TimeSpan.Zero : Stopwatch.GetElapsedTime(announcing);
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        // Gives back what the messages took: it is no cost of a key.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var resident = Environment.WorkingSet - residentBefore;
        return (spent.TotalNanoseconds / (Rounds * Gateways * KeysPerBatch), used / (double)count, resident / (double)count, LongestSlice(book));
    }

    // For which announcements wait.
    private static TimeSpan LongestSlice(TallyBook book)
    {
        var image = book.Image();
        var longest = TimeSpan.Zero;
        for (var isDone = false; !isDone;)
        {
            var began = Stopwatch.GetTimestamp();
            isDone = image.Write(CheckpointKeeper.Slice);
            var slice = Stopwatch.GetElapsedTime(began);
            longest = slice > longest ? slice : longest;
        }

        return longest;
    }

    private static double ReadFromTheWire()
    {
        var form = new UsageForm();
        var writer = new WireWriter();
        UsageTotal[] totals = [.. Enumerable.Range(0, KeysPerBatch).Select(key => new UsageTotal(NameOf(key), 3_600_000, 3_600_000, 1_000_000, key, 10))];
        form.Write(writer, new UsageTotals("gateway", 0, 1, 0, 0, []), totals);
        var (spent, read) = (TimeSpan.Zero, 0L);
        for (var time = 0; time < 2 * Gateways; time++)
        {
            var began = Stopwatch.GetTimestamp();
            var message = form.Read(writer.Written.Span, out _)!;
            // The first half is for the compiler.
            spent += time < Gateways ? TimeSpan.Zero : Stopwatch.GetElapsedTime(began);
            read += time < Gateways ? 0 : message.Totals.Count;
        }

        return spent.TotalNanoseconds / read;
    }

    private static string NameOf(long key) => $"2f1c6a58-7d0e-4b7e-9a51-{key:D12}:/petstore/1.0.0:1.0.0:Gold";
}
