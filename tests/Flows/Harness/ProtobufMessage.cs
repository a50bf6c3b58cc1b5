using System.Buffers.Binary;
using System.Text;

namespace Tollgate.Flows.Harness;

/// <summary>A protobuf message taken apart by the wire format: fields by number, as often as they occur.</summary>
public sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtobufMessage(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(bytes, ref at), []));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)), []));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes, ref at);
                    _fields.Add((field, 0, bytes[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)), []));
                    at += 4;
                    break;
                default:
                    throw new FormatException($"wire type {tag & 7}");
            }
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int field) => _fields.Where(each => each.Field == field).Select(each => new ProtobufMessage(each.Bytes));

    public byte[] Bytes(int field) => _fields.FirstOrDefault(each => each.Field == field).Bytes ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public ulong Number(int field) => _fields.FirstOrDefault(each => each.Field == field).Number;

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
