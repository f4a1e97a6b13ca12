/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Names and numbers of practice data, see the header. The first people of every unit carry the names that break
 * programs: one character given names, two character surnames, the middle dot, forty characters, characters outside
 * the BMP and out of old fonts. Any thread.
 */
#include "qc-practice-names.h"

guint64
qc_practice_random_next (QcPracticeRandom *random)
{
  guint64 z = (random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

int
qc_practice_random_below (QcPracticeRandom *random, int n)
{
  return (int)(qc_practice_random_next (random) % (guint64)n);
}

gboolean
qc_practice_random_percent (QcPracticeRandom *random, int percent)
{
  return qc_practice_random_below (random, 100) < percent;
}

static const char *const surnames[] = {
    "王", "李", "张", "刘",   "陈",   "杨",   "赵",   "黄",   "周", "吴", "徐", "孙", "胡", "朱", "高",     "林",
    "何", "郭", "马", "罗",   "梁",   "宋",   "郑",   "谢",   "韩", "唐", "冯", "于", "董", "萧", "程",     "曹",
    "袁", "邓", "许", "傅",   "沈",   "曾",   "彭",   "吕",   "苏", "卢", "蒋", "蔡", "贾", "丁", "魏",     "薛",
    "叶", "阎", "余", "潘",   "杜",   "戴",   "夏",   "钟",   "汪", "田", "任", "姜", "范", "方", "石",     "姚",
    "谭", "廖", "邹", "熊",   "金",   "陆",   "郝",   "孔",   "白", "崔", "康", "毛", "邱", "秦", "江",     "史",
    "单", "仇", "解", "尉迟", "欧阳", "司马", "上官", "诸葛", "关", "佟", "那", "鄂", "孟", "葛", "杜拉尔", "敖",
};

static const char *const men_characters[] = {
    "伟",   "强",   "磊",   "军",   "洋",   "勇",   "杰",   "涛",   "明",   "超",   "刚",   "平",   "辉",
    "鹏",   "华",   "建国", "志强", "国庆", "海波", "春生", "立新", "文斌", "永和", "宝山", "德胜", "俊峰",
    "浩然", "子轩", "宇航", "佳铭", "铁军", "连喜", "长江", "玉龙", "振东", "启明", "学文", "家栋", "景春",
    "忠诚", "卫东", "龙江", "兴安", "松涛", "晓光", "雪松", "天佑", "少华", "瑞祥", "喆",
};

static const char *const women_characters[] = {
    "芳",   "娜",   "敏",   "静",   "丽",   "艳",   "娟",   "霞",   "秀英", "桂兰", "玉梅", "淑珍", "雪梅",
    "晓红", "丽华", "春燕", "秋菊", "海燕", "冬梅", "凤霞", "婷婷", "雨涵", "欣怡", "梓萱", "思琪", "佳慧",
    "红",   "燕",   "琳",   "颖",   "莹",   "洁",   "倩",   "雪",   "慧",   "玲",   "桂芝", "淑华", "玉兰",
    "亚男", "文静", "晶晶", "丹丹", "海霞", "小雨", "云",   "瑶",   "蕾",   "嫣然", "媛",
};

static const char *const dotted[] = {
    "买买提·吐尔逊", "古丽娜尔·阿布都拉", "扎西·多吉",     "娜塔莉娅·伊万诺娃", "阿依古丽·艾合买提",
    "努尔兰·哈力克", "巴特尔·那顺",       "叶尔江·木拉提", "热依汗古丽·买买提", "谢尔盖·彼得罗夫",
};

/* Number 0 … 9 of each unit. */
static const char *const first_names[] = {
    NULL,
    NULL,
    "王䶮",
    "李𠮷祥",
    "买买提·吐尔逊",
    "欧阳雪",
    "古丽娜扎尔·拜合提亚尔·阿布都热合曼·买买提艾力·艾尔肯江·吐尔逊·玉素甫江·汗",
    NULL,
    "尉迟㛃",
    "单小仇",
};

char *
qc_practice_name (QcPracticeRandom *random, gint64 index, QcSex sex)
{
  if (index < (gint64)G_N_ELEMENTS (first_names) && first_names[index] != NULL)
    return g_strdup (first_names[index]);
  if (qc_practice_random_below (random, 80) == 0)
    return g_strdup (dotted[qc_practice_random_below (random, G_N_ELEMENTS (dotted))]);
  /* the smaller of two draws: common surnames first */
  const char *surname = surnames[MIN (qc_practice_random_below (random, G_N_ELEMENTS (surnames)),
                                      qc_practice_random_below (random, G_N_ELEMENTS (surnames)))];
  const char *given = sex == QC_SEX_FEMALE
                          ? women_characters[qc_practice_random_below (random, G_N_ELEMENTS (women_characters))]
                          : men_characters[qc_practice_random_below (random, G_N_ELEMENTS (men_characters))];
  return g_strconcat (surname, given, NULL);
}

/* Heihe and its counties (old codes too), and places people come from. */
static const char *const areas[] = {
    "231102", "231181", "231182", "231183", "231123", "231124",
    "231121", "230102", "230204", "150702", "220102", "370102",
};

void
qc_practice_resident_id (gint64 number, QcDate birth, QcSex sex, char out[19])
{
  int sequence = (int)(number % 499) * 2 + (sex == QC_SEX_MALE ? 1 : 2);
  g_snprintf (out, 19, "%s%08d%03d", areas[(number / 499) % (gint64)G_N_ELEMENTS (areas)], birth, sequence);
  out[17] = qc_resident_id_check_character (out);
  out[18] = '\0';
}
